package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A modal as it was sent.
 *
 * @param dialog the dialog's id
 * @param values what was filled in, by the name of the field
 */
record Submission(String dialog, DialogOrigin origin, Map<String, String> values) {

  /** Fields of a modal, and characters of a field, that Slack lets through. */
  private static final int MOST_VALUES = 100;

  private static final int LONGEST_VALUE = 3_000;

  /** A modal that is not ours, or that an earlier version of the bot has opened. */
  static final Submission UNREADABLE =
      new Submission("", new DialogOrigin("", Optional.empty(), ""), Map.of());

  Submission {
    values = Map.copyOf(values);
  }

  /** Whether a payload is a modal that was sent. */
  static boolean is(JsonNode payload) {
    return payload.path("type").asText().equals("view_submission");
  }

  /** Reads a payload; empty if it is not a modal of ours, or larger than Slack lets any be. */
  static Optional<Submission> read(JsonNode payload) {
    JsonNode view = payload.path("view");
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> block : view.path("state").path("values").properties()) {
      String value = value(block.getValue().path(DialogKit.ELEMENT));
      if (values.size() >= MOST_VALUES || value.length() > LONGEST_VALUE) {
        return Optional.empty();
      }
      if (!value.isBlank()) {
        values.put(block.getKey(), value.strip());
      }
    }
    return DialogOrigin.read(view.path("private_metadata").asText())
        .filter(origin -> is(payload))
        .map(origin -> new Submission(view.path("callback_id").asText(), origin, values));
  }

  private static String value(JsonNode element) {
    return switch (element.path("type").asText()) {
      case "static_select" -> element.path("selected_option").path("value").asText("");
      case "checkboxes" -> element.path("selected_options").path(0).path("value").asText("");
      default -> element.path("value").asText("");
    };
  }
}
