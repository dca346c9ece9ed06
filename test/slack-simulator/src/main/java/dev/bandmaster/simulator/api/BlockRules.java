package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bandmaster.simulator.world.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slack's limits on blocks. Each violation is one sentence that ends with the place in the blocks,
 * in the form Slack's own answers have. The numbers are those of Slack's Block Kit reference.
 */
final class BlockRules {
  /** Most blocks in a message. */
  static final int MESSAGE_BLOCKS = 50;

  /** Most blocks in a modal or home tab. */
  static final int VIEW_BLOCKS = 100;

  private static final int BLOCK_ID = 255;
  private static final int SECTION_TEXT = 3_000;
  private static final int SECTION_FIELDS = 10;
  private static final int FIELD_TEXT = 2_000;
  private static final int HEADER_TEXT = 150;
  private static final int CONTEXT_ELEMENTS = 10;
  private static final int ACTION_ELEMENTS = 25;
  private static final int MARKDOWN_TEXT = 12_000;
  private static final int LABEL_TEXT = 2_000;
  private static final int IMAGE_URL = 3_000;

  private static final Map<String, String> REQUIRED =
      Map.of(
          "header", "text",
          "context", "elements",
          "actions", "elements",
          "markdown", "text",
          "rich_text", "elements",
          "image", "alt_text",
          "input", "element");

  private static final Set<String> KNOWN =
      Set.of(
          "section",
          "header",
          "context",
          "actions",
          "markdown",
          "rich_text",
          "image",
          "input",
          "divider",
          "video",
          "file",
          "table");

  private final List<String> problems = new ArrayList<>();

  private BlockRules() {}

  /** What is wrong with these blocks; empty where nothing is. */
  static List<String> check(JsonNode blocks, int most) {
    if (!(blocks instanceof ArrayNode array)) {
      return List.of(ElementRules.sentence("must be an array", "/blocks"));
    }
    if (array.size() > most) {
      return List.of(ElementRules.sentence("no more than " + most + " items allowed", "/blocks"));
    }
    BlockRules rules = new BlockRules();
    rules.blocks(array);
    return List.copyOf(rules.problems);
  }

  private void blocks(ArrayNode blocks) {
    Set<String> ids = new HashSet<>();
    int markdown = 0;
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.get(i);
      String at = "/blocks/" + i;
      String id = Json.text(block, "block_id");
      ElementRules.atMost(id, BLOCK_ID, at + "/block_id", problems);
      if (!id.isEmpty() && !ids.add(id)) {
        problem("`block_id` already exists: " + id, at + "/block_id");
      }
      if (Json.text(block, "type").equals("markdown")) {
        markdown += Json.text(block, "text").length();
      }
      block(block, at);
    }
    if (markdown > MARKDOWN_TEXT) {
      problem("markdown text must be less than " + (MARKDOWN_TEXT + 1) + " characters", "/blocks");
    }
  }

  private void block(JsonNode block, String at) {
    String type = Json.text(block, "type");
    if (!KNOWN.contains(type)) {
      problem("unsupported type: " + type, at + "/type");
      return;
    }
    String required = REQUIRED.get(type);
    if (required != null && !block.hasNonNull(required)) {
      problem("missing required field: " + required, at);
      return;
    }
    switch (type) {
      case "section" -> section(block, at);
      case "header" -> header(block, at);
      case "context" -> context(block, at);
      case "actions" -> actions(block, at);
      case "image" ->
          ElementRules.atMost(
              Json.text(block, "image_url"), IMAGE_URL, at + "/image_url", problems);
      case "input" -> input(block, at);
      default -> {
        // Dividers have no parts; rich text, tables and the like are passed through as they are.
      }
    }
  }

  private void section(JsonNode block, String at) {
    JsonNode fields = block.path("fields");
    if (!block.hasNonNull("text") && !fields.isArray()) {
      problem("missing required field: text or fields", at);
    }
    if (block.hasNonNull("text")) {
      text(block.path("text"), SECTION_TEXT, at + "/text");
    }
    count(fields, SECTION_FIELDS, at + "/fields");
    for (int i = 0; i < fields.size(); i++) {
      text(fields.get(i), FIELD_TEXT, at + "/fields/" + i);
    }
    if (block.hasNonNull("accessory")) {
      ElementRules.check(block.path("accessory"), at + "/accessory", problems);
    }
  }

  private void header(JsonNode block, String at) {
    text(block.path("text"), HEADER_TEXT, at + "/text");
    if (!Json.text(block.path("text"), "type").equals("plain_text")) {
      problem("must be plain_text", at + "/text/type");
    }
  }

  private void context(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    count(elements, CONTEXT_ELEMENTS, at + "/elements");
    for (int i = 0; i < elements.size(); i++) {
      String type = Json.text(elements.get(i), "type");
      if (type.equals("mrkdwn") || type.equals("plain_text")) {
        text(elements.get(i), SECTION_TEXT, at + "/elements/" + i);
      } else if (!type.equals("image")) {
        problem("unsupported type: " + type, at + "/elements/" + i + "/type");
      }
    }
  }

  private void actions(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    count(elements, ACTION_ELEMENTS, at + "/elements");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < elements.size(); i++) {
      String id = Json.text(elements.get(i), "action_id");
      if (!id.isEmpty() && !ids.add(id)) {
        problem("`action_id` already exists: " + id, at + "/elements/" + i + "/action_id");
      }
      ElementRules.check(elements.get(i), at + "/elements/" + i, problems);
    }
  }

  private void input(JsonNode block, String at) {
    text(block.path("label"), LABEL_TEXT, at + "/label");
    if (block.hasNonNull("hint")) {
      text(block.path("hint"), LABEL_TEXT, at + "/hint");
    }
    ElementRules.check(block.path("element"), at + "/element", problems);
  }

  private void text(JsonNode text, int most, String at) {
    ElementRules.text(text, most, at, problems);
  }

  private void count(JsonNode items, int most, String at) {
    if (items.size() > most) {
      problem("no more than " + most + " items allowed", at);
    } else if (items.isArray() && items.isEmpty()) {
      problem("must have at least 1 item", at);
    }
  }

  private void problem(String what, String at) {
    problems.add(ElementRules.sentence(what, at));
  }
}
