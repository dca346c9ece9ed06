package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.api.ElementTypes.Place;
import dev.bandmaster.simulator.world.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The limits of the blocks that Slack has added since 2025. */
final class ModernBlockRules {
  private static final Set<String> HANDLED =
      Set.of(
          "alert",
          "card",
          "carousel",
          "context_actions",
          "data_table",
          "data_visualization",
          "plan",
          "table",
          "task_card");

  private static final int ALERT_TEXT = 200;
  private static final Set<String> LEVELS =
      Set.of("default", "info", "warning", "error", "success");
  private static final int CARD_TEXT = 150;
  private static final int CARD_BODY = 200;
  private static final int CARDS = 10;
  private static final int CONTEXT_ACTIONS = 5;
  private static final int COLUMNS = 20;
  private static final int TABLE_ROWS = 100;
  private static final int PAGE = 100;
  private static final int TABLE_CHARACTERS = 10_000;
  private static final int CHART_TITLE = 50;
  private static final int CHART_PARTS = 6;
  private static final Set<String> CHARTS = Set.of("pie", "bar", "line", "area");
  private static final Set<String> CELLS = Set.of("raw_text", "raw_number", "rich_text");
  private static final Set<String> STATES = Set.of("pending", "in_progress", "complete", "error");

  private final List<String> problems;

  ModernBlockRules(List<String> problems) {
    this.problems = problems;
  }

  boolean handles(String type) {
    return HANDLED.contains(type);
  }

  void check(JsonNode block, String at) {
    switch (Json.text(block, "type")) {
      case "alert" -> alert(block, at);
      case "card" -> card(block, at);
      case "carousel" -> carousel(block, at);
      case "context_actions" -> contextActions(block, at);
      case "data_table" -> dataTable(block, at);
      case "data_visualization" -> chart(block, at);
      case "plan" -> plan(block, at);
      case "table" -> table(block, at);
      case "task_card" -> task(block, at);
      default -> throw new IllegalArgumentException("not such a block");
    }
  }

  private void alert(JsonNode block, String at) {
    ElementRules.text(block.path("text"), ALERT_TEXT, at + "/text", problems);
    if (block.hasNonNull("level")) {
      oneOf(Json.text(block, "level"), LEVELS, at + "/level");
    }
  }

  private void card(JsonNode block, String at) {
    for (String field : List.of("title", "subtitle", "body")) {
      if (block.hasNonNull(field)) {
        int most = field.equals("body") ? CARD_BODY : CARD_TEXT;
        ElementRules.text(block.path(field), most, at + "/" + field, problems);
      }
    }
    if (Stream.of("title", "body", "hero_image", "actions").noneMatch(block::hasNonNull)) {
      problem("must have at least one of: title, body, hero_image, actions", at);
    }
    for (String picture : List.of("hero_image", "icon")) {
      if (block.hasNonNull(picture)) {
        ElementTypes.check(block.path(picture), Place.SECTION, at + "/" + picture, problems);
      }
    }
    JsonNode actions = block.path("actions");
    for (int i = 0; i < actions.size(); i++) {
      ElementRules.check(actions.get(i), Place.CARD, at + "/actions/" + i, problems);
    }
  }

  private void carousel(JsonNode block, String at) {
    JsonNode cards = list(block, "elements", 1, CARDS, at);
    for (int i = 0; i < cards.size(); i++) {
      String place = at + "/elements/" + i;
      if (Json.text(cards.get(i), "type").equals("card")) {
        card(cards.get(i), place);
      } else {
        problem("unsupported type: " + Json.text(cards.get(i), "type"), place + "/type");
      }
    }
  }

  private void contextActions(JsonNode block, String at) {
    JsonNode elements = list(block, "elements", 1, CONTEXT_ACTIONS, at);
    for (int i = 0; i < elements.size(); i++) {
      ElementRules.check(elements.get(i), Place.CONTEXT_ACTIONS, at + "/elements/" + i, problems);
    }
  }

  private void table(JsonNode block, String at) {
    rows(list(block, "rows", 1, TABLE_ROWS, at), at + "/rows");
    if (block.path("column_settings").size() > COLUMNS) {
      problem("no more than " + COLUMNS + " items allowed", at + "/column_settings");
    }
  }

  private void dataTable(JsonNode block, String at) {
    required(block, "caption", at);
    JsonNode rows = list(block, "rows", 2, TABLE_ROWS + 1, at);
    rows(rows, at + "/rows");
    for (int i = 0; i < rows.path(0).size(); i++) {
      if (Json.text(rows.path(0).get(i), "type").equals("rich_text")) {
        problem("rich_text is not allowed in the header", at + "/rows/0/" + i);
      }
    }
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).size() != rows.path(0).size()) {
        problem("all rows must have the same number of cells", at + "/rows/" + i);
      }
    }
    int page = block.path("page_size").asInt(1);
    if (page < 1 || page > PAGE) {
      problem("must be between 1 and " + PAGE, at + "/page_size");
    }
    int header = block.path("row_header_column_index").asInt(0);
    if (header < 0 || header >= Math.max(1, rows.path(0).size())) {
      problem("must be the index of a column", at + "/row_header_column_index");
    }
  }

  private void rows(JsonNode rows, String at) {
    int characters = 0;
    for (int row = 0; row < rows.size(); row++) {
      JsonNode cells = rows.get(row);
      String place = at + "/" + row;
      if (!cells.isArray() || cells.isEmpty() || cells.size() > COLUMNS) {
        problem("must have 1 to " + COLUMNS + " cells", place);
      }
      for (int i = 0; i < cells.size(); i++) {
        cell(cells.get(i), place + "/" + i);
        characters += Json.text(cells.get(i), "text").length();
      }
    }
    if (characters > TABLE_CHARACTERS) {
      problem("must be less than " + (TABLE_CHARACTERS + 1) + " characters", at);
    }
  }

  private void cell(JsonNode cell, String at) {
    String type = Json.text(cell, "type");
    if (!CELLS.contains(type)) {
      problem("unsupported type: " + type, at + "/type");
    } else if (type.equals("rich_text")) {
      RichTextRules.check(cell, at, problems);
    } else if (type.equals("raw_number") && !cell.path("value").isNumber()) {
      problem("missing required field: value", at);
    } else if (type.equals("raw_text") && !cell.path("text").isTextual()) {
      problem("missing required field: text", at);
    }
  }

  private void chart(JsonNode block, String at) {
    required(block, "title", at);
    ElementRules.atMost(Json.text(block, "title"), CHART_TITLE, at + "/title", problems);
    JsonNode chart = block.path("chart");
    String place = at + "/chart";
    oneOf(Json.text(chart, "type"), CHARTS, place + "/type");
    if (Json.text(chart, "type").equals("pie")) {
      points(list(chart, "segments", 1, CHART_PARTS, place), place + "/segments");
      return;
    }
    JsonNode series = list(chart, "series", 1, CHART_PARTS, place);
    required(chart, "axis_config", place);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < series.size(); i++) {
      String each = place + "/series/" + i;
      if (!names.add(Json.text(series.get(i), "name"))) {
        problem("series names must be unique", each + "/name");
      }
      required(series.get(i), "name", each);
      points(series.get(i).path("data"), each + "/data");
    }
  }

  private void points(JsonNode points, String at) {
    for (int i = 0; i < points.size(); i++) {
      required(points.get(i), "label", at + "/" + i);
      if (!points.get(i).path("value").isNumber()) {
        problem("missing required field: value", at + "/" + i);
      }
    }
  }

  private void plan(JsonNode block, String at) {
    required(block, "title", at);
    JsonNode tasks = block.path("tasks");
    for (int i = 0; i < tasks.size(); i++) {
      task(tasks.get(i), at + "/tasks/" + i);
    }
  }

  private void task(JsonNode block, String at) {
    required(block, "task_id", at);
    required(block, "title", at);
    oneOf(Json.text(block, "status"), STATES, at + "/status");
    for (String field : List.of("details", "output")) {
      if (block.hasNonNull(field)) {
        RichTextRules.check(block.path(field), at + "/" + field, problems);
      }
    }
  }

  private JsonNode list(JsonNode block, String field, int least, int most, String at) {
    JsonNode items = block.path(field);
    if (!items.isArray()) {
      problem("missing required field: " + field, at);
    } else if (items.size() < least) {
      problem("must have at least " + least + (least == 1 ? " item" : " items"), at + "/" + field);
    } else if (items.size() > most) {
      problem("no more than " + most + " items allowed", at + "/" + field);
    }
    return items;
  }

  private void required(JsonNode block, String field, String at) {
    if (!block.hasNonNull(field)) {
      problem("missing required field: " + field, at);
    }
  }

  private void oneOf(String value, Set<String> allowed, String at) {
    if (!allowed.contains(value)) {
      problem("must be one of: " + String.join(", ", allowed.stream().sorted().toList()), at);
    }
  }

  private void problem(String what, String at) {
    problems.add(ElementRules.sentence(what, at));
  }
}
