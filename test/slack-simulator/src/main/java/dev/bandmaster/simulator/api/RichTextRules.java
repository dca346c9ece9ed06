package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.world.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What rich text may consist of. */
final class RichTextRules {
  private static final Set<String> PARTS =
      Set.of("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote");

  /** The words of a section, each with the field it cannot be without. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("text", "text"),
          Map.entry("link", "url"),
          Map.entry("user", "user_id"),
          Map.entry("usergroup", "usergroup_id"),
          Map.entry("channel", "channel_id"),
          Map.entry("broadcast", "range"),
          Map.entry("emoji", "name"),
          Map.entry("date", "timestamp"),
          Map.entry("color", "value"),
          Map.entry("team", "team_id"));

  private RichTextRules() {}

  static void check(JsonNode block, String at, List<String> problems) {
    JsonNode parts = block.path("elements");
    for (int i = 0; i < parts.size(); i++) {
      part(parts.get(i), at + "/elements/" + i, problems);
    }
  }

  private static void part(JsonNode part, String at, List<String> problems) {
    String type = Json.text(part, "type");
    if (!PARTS.contains(type)) {
      problems.add(ElementRules.sentence("unsupported type: " + type, at + "/type"));
      return;
    }
    JsonNode inside = part.path("elements");
    if (!inside.isArray()) {
      problems.add(ElementRules.sentence("missing required field: elements", at));
    }
    for (int i = 0; i < inside.size(); i++) {
      String place = at + "/elements/" + i;
      if (type.equals("rich_text_list")) {
        part(inside.get(i), place, problems);
      } else {
        word(inside.get(i), place, problems);
      }
    }
  }

  private static void word(JsonNode word, String at, List<String> problems) {
    String type = Json.text(word, "type");
    String required = WORDS.get(type);
    if (required == null) {
      problems.add(ElementRules.sentence("unsupported type: " + type, at + "/type"));
    } else if (!word.hasNonNull(required)) {
      problems.add(ElementRules.sentence("missing required field: " + required, at));
    }
  }
}
