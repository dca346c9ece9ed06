package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The text of a message's rich text, in the form in which Slack writes {@code text}: some clients
 * send a message whose words are in its blocks only. Pure; what is not known is left out.
 */
final class RichText {

  /** More than a person types; the rest is left out. In characters. */
  private static final int LONGEST = 40_000;

  /** Lists in quotes in lists: nothing nests deeper than Slack's editor allows. */
  private static final int DEEPEST = 8;

  private final StringBuilder out = new StringBuilder();

  private RichText() {}

  /** The text of an event: its own, or that of its blocks where it has none. */
  static String of(JsonNode event) {
    String text = event.path("text").asText("");
    if (!text.isBlank()) {
      return text;
    }
    RichText reading = new RichText();
    for (JsonNode block : event.path("blocks")) {
      if (type(block).equals("rich_text")) {
        reading.parts(block, 0);
      }
    }
    return reading.out.toString().strip();
  }

  private void parts(JsonNode parent, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    for (JsonNode part : parent.path("elements")) {
      if (out.length() > LONGEST) {
        return;
      }
      switch (type(part)) {
        case "rich_text_section" -> {
          parts(part, depth + 1);
          line();
        }
        case "rich_text_list", "rich_text_quote" -> {
          parts(part, depth + 1);
          line();
        }
        case "rich_text_preformatted" -> {
          out.append("```");
          parts(part, depth + 1);
          out.append("```");
          line();
        }
        default -> word(part);
      }
    }
  }

  private void line() {
    if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }

  private void word(JsonNode word) {
    switch (type(word)) {
      case "text" -> {
        String text = escaped(word.path("text").asText(""));
        boolean code = word.path("style").path("code").asBoolean();
        out.append(code ? "`" + text + "`" : text);
      }
      case "link" -> link(word);
      case "user" -> token("@", word, "user_id");
      case "usergroup" -> token("!subteam^", word, "usergroup_id");
      case "channel" -> token("#", word, "channel_id");
      case "broadcast" -> token("!", word, "range");
      case "emoji" -> out.append(':').append(word.path("name").asText("")).append(':');
      case "date" -> out.append(escaped(word.path("fallback").asText("")));
      default -> {
        // Colours and whatever comes later say nothing that a command needs.
      }
    }
  }

  private void link(JsonNode link) {
    String url = escaped(link.path("url").asText(""));
    String label = escaped(link.path("text").asText(""));
    if (!url.isEmpty()) {
      out.append('<').append(url).append(label.isEmpty() ? "" : "|" + label).append('>');
    }
  }

  private void token(String sign, JsonNode word, String field) {
    String id = word.path(field).asText("");
    if (!id.isEmpty()) {
      out.append('<').append(sign).append(escaped(id)).append('>');
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String type(JsonNode node) {
    return node.path("type").asText("");
  }
}
