package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The blocks that Slack has added in 2026, as raw JSON: Slack's Java SDK has no types for them.
 * Pure. The limits are those of Slack's reference of blocks.
 */
final class ModernBlocks {

  private static final int LONGEST_TITLE = 150;
  private static final int MOST_CHILDREN = 10;

  /** Rows without the head. */
  private static final int MOST_ROWS = 100;

  /** Rows of a table that are seen at once; the others are on further pages. */
  private static final int PAGE = 20;

  /** Characters in all cells together: 10,000 are allowed, and a message holds 12,000. */
  private static final int ROOM_OF_TABLE = 8_000;

  private static final int LONGEST_CELL = 500;
  private static final int LONGEST_CHART_TITLE = 50;
  private static final int LONGEST_LABEL = 20;
  private static final int MOST_BARS = 20;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ModernBlocks() {}

  static List<BlockPiece> of(Message.Rich rich) {
    return switch (rich) {
      case Message.Foldable foldable -> List.of(container(foldable));
      case Message.Table table -> table(table);
      case Message.Chart chart -> List.of(chart(chart));
    };
  }

  // --- What opens and closes ---

  private static BlockPiece container(Message.Foldable foldable) {
    String title = PlainText.of(Message.of(new Message.Paragraph(foldable.title())));
    ObjectNode block = BlockPiece.typed("container");
    String shown = title.isBlank() ? "…" : Lines.cut(title.replace('\n', ' '), LONGEST_TITLE);
    block.set("title", BlockPiece.plain(shown));
    block.put("is_collapsible", true);
    block.put("default_collapsed", !foldable.isOpen());
    List<BlockPiece> pieces = BlockPiece.all(foldable.content(), BlockForm.CLASSIC);
    ArrayNode children = block.putArray("child_blocks");
    int characters = title.length();
    int lines = 1;
    int most = pieces.size() <= MOST_CHILDREN ? MOST_CHILDREN : MOST_CHILDREN - 1;
    int leftOut = 0;
    for (BlockPiece piece : pieces) {
      if (children.size() < most) {
        children.add(piece.block());
        characters += piece.characters();
        lines += piece.lines();
      } else {
        leftOut += Math.max(1, piece.lines());
      }
    }
    if (leftOut > 0) {
      children.add(BlockPiece.context("… " + leftOut + " more lines do not fit"));
    }
    if (children.isEmpty()) {
      children.add(BlockPiece.context("(nothing)"));
    }
    return new BlockPiece(block, characters, lines, false);
  }

  // --- Tables ---

  private static List<BlockPiece> table(Message.Table table) {
    ObjectNode block = BlockPiece.typed("data_table");
    block.put("caption", table.caption().isBlank() ? "Table" : table.caption());
    ArrayNode rows = block.putArray("rows");
    ArrayNode head = rows.addArray();
    int characters = 0;
    for (String column : table.columns()) {
      head.add(rawText(column));
      characters += column.length();
    }
    int shown = 0;
    for (List<Text> row : table.rows()) {
      int length = row.stream().mapToInt(ModernBlocks::length).sum();
      if (shown == MOST_ROWS || characters + length > ROOM_OF_TABLE) {
        break;
      }
      ArrayNode cells = rows.addArray();
      row.forEach(cell -> cells.add(cell(cell)));
      characters += length;
      shown++;
    }
    if (shown == 0) {
      return BlockPiece.all(table.plain(), BlockForm.CLASSIC);
    }
    block.put("page_size", Math.min(shown, PAGE));
    List<BlockPiece> pieces = new ArrayList<>();
    pieces.add(new BlockPiece(block, characters, shown + 1, false));
    int leftOut = table.rows().size() - shown;
    if (leftOut > 0) {
      String rest = "… and %d more rows.".formatted(leftOut);
      pieces.add(new BlockPiece(BlockPiece.context(rest), rest.length(), 1, false));
    }
    return pieces;
  }

  private static int length(Text cell) {
    return Math.min(words(cell).length(), LONGEST_CELL) + 1;
  }

  private static String words(Text cell) {
    return PlainText.of(Message.of(new Message.Paragraph(cell)));
  }

  private static ObjectNode cell(Text cell) {
    boolean unadorned = cell.spans().stream().allMatch(Span.Plain.class::isInstance);
    String words = words(cell);
    if (unadorned && NUMBER.matcher(words).matches()) {
      return BlockPiece.typed("raw_number").put("value", Long.parseLong(words)).put("text", words);
    }
    return unadorned || words.length() > LONGEST_CELL || words.isBlank()
        ? rawText(words)
        : richText(cell);
  }

  /** Slack refuses a cell without any text. */
  private static ObjectNode rawText(String text) {
    String shown = text.isBlank() ? "-" : Lines.cut(text, LONGEST_CELL);
    return BlockPiece.typed("raw_text").put("text", shown);
  }

  private static ObjectNode richText(Text cell) {
    ObjectNode rich = BlockPiece.typed("rich_text");
    ObjectNode section = rich.putArray("elements").addObject().put("type", "rich_text_section");
    ArrayNode elements = section.putArray("elements");
    cell.spans()
        .forEach(span -> {
          ObjectNode element = element(span);
          if (!element.path("text").asText("x").isEmpty()) {
            elements.add(element);
          }
        });
    return rich;
  }

  private static ObjectNode element(Span span) {
    return switch (span) {
      case Span.Plain(String text) -> BlockPiece.typed("text").put("text", text);
      case Span.Bold(String text) -> styled(text, "bold");
      case Span.Code(String text) -> styled(text, "code");
      case Span.Person(String user) ->
          SlackIds.isMentionable(user)
              ? BlockPiece.typed("user").put("user_id", user)
              : BlockPiece.typed("text").put("text", user);
      case Span.Group(String group) -> BlockPiece.typed("usergroup").put("usergroup_id", group);
      case Span.Channel(String channel) -> BlockPiece.typed("channel").put("channel_id", channel);
      case Span.Link(String url, String label) ->
          url.startsWith("https://") || url.startsWith("http://")
              ? BlockPiece.typed("link").put("url", url).put("text", label)
              : BlockPiece.typed("text").put("text", label);
      case Span.Moment moment ->
          BlockPiece.typed("date")
              .put("timestamp", moment.at().getEpochSecond())
              .put("format", moment.withDay() ? "{date_short_pretty} {time}" : "{time}")
              .put("fallback", PlainText.inUtc(moment));
    };
  }

  private static ObjectNode styled(String text, String style) {
    ObjectNode element = BlockPiece.typed("text").put("text", text);
    element.putObject("style").put(style, true);
    return element;
  }

  // --- Charts ---

  private static BlockPiece chart(Message.Chart chart) {
    ObjectNode block = BlockPiece.typed("data_visualization");
    block.put("title", Lines.cut(chart.title(), LONGEST_CHART_TITLE));
    ObjectNode bars = block.putObject("chart").put("type", "bar");
    ObjectNode series = bars.putArray("series").addObject();
    series.put("name", chart.unit().isBlank() ? "value" : Lines.cut(chart.unit(), LONGEST_LABEL));
    ArrayNode data = series.putArray("data");
    ObjectNode axes = JSON.objectNode();
    ArrayNode categories = axes.putArray("categories");
    int characters = chart.title().length();
    for (Message.Bar bar : chart.bars().stream().limit(MOST_BARS).toList()) {
      String label = Lines.cut(bar.label(), LONGEST_LABEL);
      data.addObject().put("label", label).put("value", bar.value());
      categories.add(label);
      characters += label.length();
    }
    if (!chart.unit().isBlank()) {
      axes.put("y_label", Lines.cut(chart.unit(), LONGEST_CHART_TITLE));
    }
    bars.set("axis_config", axes);
    return new BlockPiece(block, characters, 1, false);
  }
}
