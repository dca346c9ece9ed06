package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bandmaster.simulator.api.ElementTypes.Place;
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
  private static final int ALT_TEXT = 2_000;
  private static final int MOST_CHARTS = 2;

  private static final Map<String, String> REQUIRED =
      Map.of(
          "header", "text",
          "context", "elements",
          "actions", "elements",
          "markdown", "text",
          "rich_text", "elements",
          "image", "alt_text",
          "input", "element");

  /** What a container may hold. */
  private static final Set<String> CHILDREN =
      Set.of(
          "actions",
          "context",
          "divider",
          "file",
          "header",
          "image",
          "input",
          "rich_text",
          "section",
          "table",
          "video");

  private static final int MOST_CHILDREN = 10;
  private static final int CONTAINER_TEXT = 150;

  private final List<String> problems = new ArrayList<>();

  private final Surface surface;
  private final Set<String> ids = new HashSet<>();
  private final ModernBlockRules modern = new ModernBlockRules(problems);

  private BlockRules(Surface surface) {
    this.surface = surface;
  }

  /** What is wrong with these blocks; empty where nothing is. */
  static List<String> check(JsonNode blocks, Surface surface) {
    int most = surface.most();
    if (!(blocks instanceof ArrayNode array)) {
      return List.of(ElementRules.sentence("must be an array", "/blocks"));
    }
    if (array.size() > most) {
      return List.of(ElementRules.sentence("no more than " + most + " items allowed", "/blocks"));
    }
    BlockRules rules = new BlockRules(surface);
    rules.blocks(array, "/blocks");
    rules.together(array);
    return List.copyOf(rules.problems);
  }

  private void blocks(JsonNode blocks, String at) {
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.get(i);
      String place = at + "/" + i;
      String id = Json.text(block, "block_id");
      ElementRules.atMost(id, BLOCK_ID, place + "/block_id", problems);
      if (!id.isEmpty() && !ids.add(id)) {
        problem("`block_id` already exists: " + id, place + "/block_id");
      }
      block(block, place);
    }
  }

  /** What blocks of one message may not do together. */
  private void together(ArrayNode blocks) {
    int markdown = 0;
    int charts = 0;
    Set<String> types = new HashSet<>();
    for (JsonNode block : blocks) {
      String type = Json.text(block, "type");
      types.add(type);
      charts += type.equals("data_visualization") ? 1 : 0;
      markdown += type.equals("markdown") ? Json.text(block, "text").length() : 0;
    }
    if (markdown > MARKDOWN_TEXT) {
      problem("markdown text must be less than " + (MARKDOWN_TEXT + 1) + " characters", "/blocks");
    }
    if (charts > MOST_CHARTS) {
      problem("no more than " + MOST_CHARTS + " data_visualization blocks allowed", "/blocks");
    }
    if (types.contains("plan") && types.contains("task_card")) {
      problem("plan and task_card cannot be combined", "/blocks");
    }
  }

  private void block(JsonNode block, String at) {
    String type = Json.text(block, "type");
    if (!Surface.knows(type) || !surface.takes(type)) {
      problem("unsupported type: " + type, at + "/type");
      return;
    }
    if (type.equals("container")) {
      container(block, at);
      return;
    }
    if (modern.handles(type)) {
      modern.check(block, at);
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
      case "image" -> {
        ElementTypes.source(block, at, problems);
        ElementRules.atMost(Json.text(block, "image_url"), IMAGE_URL, at + "/image_url", problems);
        ElementRules.atMost(Json.text(block, "alt_text"), ALT_TEXT, at + "/alt_text", problems);
      }
      case "input" -> input(block, at);
      case "rich_text" -> RichTextRules.check(block, at, problems);
      case "video" -> video(block, at);
      default -> {
        // Dividers have no parts, markdown is counted for all blocks together.
      }
    }
  }

  private void container(JsonNode block, String at) {
    if (!block.hasNonNull("title") && !block.hasNonNull("rich_text_title")) {
      problem("missing required field: title or rich_text_title", at);
    }
    if (block.hasNonNull("title")) {
      text(block.path("title"), CONTAINER_TEXT, at + "/title");
    }
    if (block.hasNonNull("subtitle")) {
      text(block.path("subtitle"), CONTAINER_TEXT, at + "/subtitle");
    }
    JsonNode children = block.path("child_blocks");
    if (!children.isArray()) {
      problem("missing required field: child_blocks", at);
    }
    count(children, MOST_CHILDREN, at + "/child_blocks");
    if (block.path("default_collapsed").asBoolean() && !block.path("is_collapsible").asBoolean()) {
      problem("default_collapsed requires is_collapsible", at + "/default_collapsed");
    }
    boolean fitting = true;
    for (int i = 0; i < children.size(); i++) {
      String type = Json.text(children.get(i), "type");
      if (!CHILDREN.contains(type)) {
        problem("unsupported type: " + type, at + "/child_blocks/" + i + "/type");
        fitting = false;
      }
    }
    if (fitting) {
      blocks(children, at + "/child_blocks");
    }
  }

  private void video(JsonNode block, String at) {
    for (String field : List.of("video_url", "thumbnail_url", "alt_text", "title")) {
      if (!block.hasNonNull(field)) {
        problem("missing required field: " + field, at);
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
      ElementRules.check(block.path("accessory"), Place.SECTION, at + "/accessory", problems);
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
      } else if (type.equals("image")) {
        ElementTypes.check(elements.get(i), Place.SECTION, at + "/elements/" + i, problems);
      } else {
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
      ElementRules.check(elements.get(i), Place.ACTIONS, at + "/elements/" + i, problems);
    }
  }

  private void input(JsonNode block, String at) {
    text(block.path("label"), LABEL_TEXT, at + "/label");
    if (block.hasNonNull("hint")) {
      text(block.path("hint"), LABEL_TEXT, at + "/hint");
    }
    ElementRules.check(block.path("element"), Place.INPUT, at + "/element", problems);
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
