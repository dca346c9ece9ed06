package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs.Screen;
import dev.bandmaster.plugin.Message;
import java.util.LinkedHashMap;
import java.util.Map;

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
    focus(blocks);
    return view.toString();
  }

  private static void add(ArrayNode blocks, Dialog.Field field) {
    switch (field) {
      case Dialog.Note(var text) ->
          BlockPiece.of(new Message.Paragraph(text), BlockForm.CLASSIC)
              .forEach(piece -> blocks.add(piece.block()));
      case Dialog.Press(String action, String value, String label) -> {
        ObjectNode row = blocks.addObject().put("type", "actions").put("block_id", action);
        ObjectNode button = row.putArray("elements").addObject().put("type", "button");
        button.put("action_id", action).put("value", value);
        button.set("text", BlockPiece.plain(label));
      }
      case Dialog.Question question -> blocks.add(question(question));
    }
  }

  /** The first field has the cursor, so that a person can type or choose at once. */
  private static void focus(ArrayNode blocks) {
    for (JsonNode block : blocks) {
      if (block.path("element") instanceof ObjectNode element) {
        element.put("focus_on_load", true);
        return;
      }
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
    Map<String, ArrayNode> groups = new LinkedHashMap<>();
    for (Dialog.Option each : pick.options()) {
      groups
          .computeIfAbsent(each.group(), _ -> JSON.arrayNode())
          .add(option(each.label(), each.value()));
    }
    ArrayNode ungrouped = groups.get("");
    if (ungrouped != null) {
      menu.set("options", ungrouped);
      return menu;
    }
    ArrayNode all = menu.putArray("option_groups");
    groups.forEach((name, options) -> {
      ObjectNode group = all.addObject();
      group.set("label", BlockPiece.plain(name));
      group.set("options", options);
    });
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
