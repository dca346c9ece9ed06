package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Message.Confirmation;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One of Slack's blocks.
 *
 * @param characters how much of the message's length it takes
 * @param lines how many lines a reader misses without it
 * @param kept whether it stays when there is not room for all
 */
record BlockPiece(ObjectNode block, int characters, int lines, boolean kept) {

  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_SECTION = 3_000;

  /** Slack gives none for context elements; this was accepted. */
  private static final int LONGEST_CONTEXT = 2_000;

  private static final int LONGEST_LABEL = 75;
  private static final int LONGEST_VALUE = 2_000;
  private static final int LONGEST_ACTION = 255;
  private static final int MOST_BUTTONS = 25;

  /** Characters of preformatted text in a section: the fences and the escapes need room. */
  private static final int FENCED = 2_900;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The block as Slack's blocks; several where one would be too long.
   *
   * @param form which of Slack's blocks may be used
   */
  static List<BlockPiece> of(Block block, BlockForm form) {
    return switch (block) {
      case Message.Header(var text) -> header(text);
      case Message.Paragraph(var text) -> paragraph(text);
      case Message.Preformatted(var text) -> preformatted(text);
      case Message.Footnote(var text) ->
          Mrkdwn.pieces(text, LONGEST_CONTEXT).stream()
              .map(each -> new BlockPiece(context(each), each.length(), Lines.count(each), false))
              .toList();
      case Message.Divider() -> List.of(new BlockPiece(typed("divider"), 0, 0, false));
      case Message.Buttons(var buttons) -> buttons(buttons);
      case Message.Menu menu -> List.of(row(List.of(menu)));
      case Message.Rich rich ->
          switch (form) {
            case MODERN -> ModernBlocks.of(rich);
            case CLASSIC -> all(rich.plain(), form);
          };
    };
  }

  /** Blocks, one after the other; a menu stands in one row with the buttons around it. */
  static List<BlockPiece> all(List<Block> blocks, BlockForm form) {
    List<BlockPiece> pieces = new ArrayList<>();
    List<Block> row = new ArrayList<>();
    for (Block block : blocks) {
      if (!isForRow(block)) {
        pieces.addAll(rows(row, form));
        row.clear();
        pieces.addAll(of(block, form));
      } else {
        row.add(block);
      }
    }
    pieces.addAll(rows(row, form));
    return pieces;
  }

  private static boolean isForRow(Block block) {
    return block instanceof Message.Buttons || block instanceof Message.Menu;
  }

  private static List<BlockPiece> rows(List<Block> row, BlockForm form) {
    int elements =
        row.stream()
            .mapToInt(each -> each instanceof Message.Buttons(var buttons) ? buttons.size() : 1)
            .sum();
    return row.stream().anyMatch(Message.Menu.class::isInstance) && elements <= MOST_BUTTONS
        ? List.of(row(row))
        : row.stream().flatMap(each -> of(each, form).stream()).toList();
  }

  private static BlockPiece row(List<Block> blocks) {
    ObjectNode row = typed("actions");
    ArrayNode elements = row.putArray("elements");
    Map<String, Integer> seen = new HashMap<>();
    for (Block block : blocks) {
      if (block instanceof Message.Buttons(var buttons)) {
        buttons.forEach(
            button -> elements.add(button(button, seen.merge(button.action(), 1, Integer::sum))));
      } else if (block instanceof Message.Menu menu) {
        elements.add(menu(menu, seen.merge(MenuChoice.ACTION, 1, Integer::sum)));
      }
    }
    return new BlockPiece(row, 0, elements.size(), true);
  }

  private static ObjectNode menu(Message.Menu menu, int occurrence) {
    ObjectNode element = typed("static_select");
    element.put("action_id", ActionId.of(MenuChoice.ACTION, occurrence));
    element.set("placeholder", plain(Lines.cut(menu.label(), LONGEST_LABEL)));
    ArrayNode options = element.putArray("options");
    for (Button button : menu.buttons()) {
      ObjectNode option = options.addObject();
      option.set("text", plain(Lines.cut(button.label(), LONGEST_LABEL)));
      option.put("value", MenuChoice.of(button).value());
    }
    return element;
  }

  /** Small print. */
  static ObjectNode context(String markup) {
    ObjectNode block = typed("context");
    block.putArray("elements").add(markup(markup));
    return block;
  }

  private static List<BlockPiece> header(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    ObjectNode block = typed("header");
    String line = text.replace('\n', ' ');
    String shown = Lines.cut(line, LONGEST_HEADER);
    block.set("text", plain(shown));
    List<BlockPiece> pieces = new ArrayList<>();
    pieces.add(new BlockPiece(block, shown.length(), 1, true));
    if (line.length() > LONGEST_HEADER) {
      pieces.addAll(paragraph(Text.plain(text)));
    }
    return pieces;
  }

  private static List<BlockPiece> paragraph(Text text) {
    boolean unadorned = text.spans().stream().allMatch(Text.Span.Plain.class::isInstance);
    if (!unadorned) {
      return Mrkdwn.pieces(text, LONGEST_SECTION).stream()
          .map(each -> section(markup(each), each))
          .toList();
    }
    StringBuilder whole = new StringBuilder();
    text.spans().forEach(span -> whole.append(((Text.Span.Plain) span).text()));
    return Lines.split(whole.toString(), LONGEST_SECTION).stream()
        .filter(each -> !each.isBlank())
        .map(each -> section(plain(each), each))
        .toList();
  }

  private static List<BlockPiece> preformatted(String text) {
    List<BlockPiece> pieces = new ArrayList<>();
    for (String part : fitting(text.stripTrailing(), FENCED)) {
      String body = part.endsWith("\n") ? part.substring(0, part.length() - 1) : part;
      pieces.add(section(markup(Mrkdwn.fenced(body)), body));
    }
    return pieces;
  }

  /** Escaping makes text longer, so a part that has grown too long is cut again. */
  private static List<String> fitting(String text, int most) {
    List<String> parts = new ArrayList<>();
    for (String part : Lines.split(text, most)) {
      if (Mrkdwn.fenced(part).length() <= LONGEST_SECTION) {
        parts.add(part);
      } else {
        parts.addAll(fitting(part, Math.max(1, most / 2)));
      }
    }
    return parts;
  }

  private static BlockPiece section(ObjectNode text, String content) {
    ObjectNode block = typed("section");
    block.set("text", text);
    int characters = text.path("text").asText().length();
    return new BlockPiece(block, characters, Math.max(1, Lines.count(content)), false);
  }

  private static List<BlockPiece> buttons(List<Button> buttons) {
    List<BlockPiece> pieces = new ArrayList<>();
    for (int from = 0; from < buttons.size(); from += MOST_BUTTONS) {
      ObjectNode block = typed("actions");
      ArrayNode elements = block.putArray("elements");
      Map<String, Integer> seen = new HashMap<>();
      for (Button button : buttons.subList(from, Math.min(buttons.size(), from + MOST_BUTTONS))) {
        elements.add(button(button, seen.merge(button.action(), 1, Integer::sum)));
      }
      pieces.add(new BlockPiece(block, 0, elements.size(), true));
    }
    return pieces;
  }

  private static ObjectNode button(Button button, int occurrence) {
    if (button.value().length() > LONGEST_VALUE || button.action().length() > LONGEST_ACTION - 5) {
      throw new IllegalArgumentException(
          "a button's value has at most 2,000 characters and its action 250");
    }
    ObjectNode element = typed("button");
    element.put("action_id", ActionId.of(button.action(), occurrence));
    element.put("value", button.value());
    element.set("text", plain(Lines.cut(button.label(), LONGEST_LABEL)));
    switch (button.style()) {
      case PLAIN -> {}
      case PRIMARY -> element.put("style", "primary");
      case DANGER -> element.put("style", "danger");
    }
    button.confirmation().ifPresent(asked -> element.set("confirm", confirm(asked)));
    return element;
  }

  private static ObjectNode confirm(Confirmation asked) {
    ObjectNode dialog = JSON.objectNode();
    dialog.set("title", plain(Lines.cut(asked.title(), 100)));
    dialog.set("text", plain(Lines.cut(asked.text(), 300)));
    dialog.set("confirm", plain(Lines.cut(asked.yes(), 30)));
    dialog.set("deny", plain(Lines.cut(asked.no(), 30)));
    return dialog;
  }

  /** Text that is shown as it is: no markup, and colons make no emoji. */
  static ObjectNode plain(String text) {
    return typed("plain_text").put("text", text).put("emoji", false);
  }

  /** Text in Slack's markup, in which names of channels and people do not become links. */
  private static ObjectNode markup(String text) {
    return typed("mrkdwn").put("text", text).put("verbatim", true);
  }

  static ObjectNode typed(String type) {
    return JSON.objectNode().put("type", type);
  }
}
