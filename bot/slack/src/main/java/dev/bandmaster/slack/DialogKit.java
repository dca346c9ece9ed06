package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs.Screen;
import dev.bandmaster.plugin.Message;

/**
 * Puts a dialog into Slack's form of a modal. Pure. A field's name is the id of its block, so that
 * what comes back, and what is wrong with it, is known by that name.
 */
final class DialogKit {

  /** Slack wants an id for each element; there is one in a block. */
  static final String ELEMENT = "value";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private DialogKit() {}

  /** The value of {@code view}, JSON. */
  static String render(Screen screen, Dialog dialog) {
    ObjectNode view = JSON.objectNode().put("type", "modal");
    view.put("callback_id", dialog.id());
    view.put("external_id", screen.id());
    view.put("private_metadata", DialogOrigin.of(screen, dialog).written());
    view.set("title", BlockPiece.plain(dialog.title()));
    if (!dialog.submit().isEmpty()) {
      view.set("submit", BlockPiece.plain(dialog.submit()));
    }
    view.set("close", BlockPiece.plain(dialog.submit().isEmpty() ? "Close" : "Cancel"));
    ArrayNode blocks = view.putArray("blocks");
    dialog.fields().forEach(field -> add(blocks, field));
    return view.toString();
  }

  private static void add(ArrayNode blocks, Dialog.Field field) {
    switch (field) {
      case Dialog.Note(var text) ->
          BlockPiece.of(new Message.Paragraph(text)).forEach(piece -> blocks.add(piece.block()));
      case Dialog.Question question -> blocks.add(question(question));
    }
  }

  private static ObjectNode question(Dialog.Question question) {
    ObjectNode block = JSON.objectNode().put("type", "input");
    block.put("block_id", question.name());
    block.put("optional", !question.required());
    block.set("label", BlockPiece.plain(question.label()));
    if (!question.hint().isEmpty()) {
      block.set("hint", BlockPiece.plain(question.hint()));
    }
    block.set(
        "element",
        switch (question) {
          case Dialog.Line line -> line(line);
          case Dialog.Pick pick -> pick(pick);
          case Dialog.Tick _ -> tick();
        });
    return block;
  }

  private static ObjectNode line(Dialog.Line line) {
    return element("plain_text_input")
        .put("multiline", line.tall())
        .put("max_length", line.longest());
  }

  private static ObjectNode pick(Dialog.Pick pick) {
    ObjectNode menu = element("static_select");
    ArrayNode options = menu.putArray("options");
    pick.options().forEach(word -> options.add(option(word, word)));
    return menu;
  }

  private static ObjectNode tick() {
    ObjectNode box = element("checkboxes");
    box.putArray("options").add(option("Yes", Dialog.Tick.YES));
    return box;
  }

  private static ObjectNode option(String label, String value) {
    ObjectNode option = JSON.objectNode();
    option.set("text", BlockPiece.plain(label));
    return option.put("value", value);
  }

  private static ObjectNode element(String type) {
    return JSON.objectNode().put("type", type).put("action_id", ELEMENT);
  }
}
