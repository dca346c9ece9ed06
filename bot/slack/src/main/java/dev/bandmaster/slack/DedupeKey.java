package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.core.chat.EnvelopeSink.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** The name under which all deliveries of the same happening are one. */
final class DedupeKey {

  /** Longer ones are not Slack's. */
  static final int LONGEST = 400;

  /** Subtypes of messages that are new messages all the same. */
  static final Set<String> NEW_MESSAGES = Set.of("", "file_share", "thread_broadcast");

  private DedupeKey() {}

  /**
   * The key of an envelope.
   *
   * <p>A message is known by where and when it was written: a mention comes once as a mention and
   * once as a message where the app listens to both, with two event ids. Other events are known by
   * their id, which a redelivery keeps. A click has no id of its own, so it is what was clicked, by
   * whom and when. Neither has a dialog that was sent, and it has no time either: it is known by
   * what was filled in, since one that has to be corrected is sent again from the same screen.
   * Slash commands are delivered once only.
   */
  static String of(Kind kind, JsonNode envelope) {
    JsonNode payload = envelope.path("payload");
    String key =
        switch (kind) {
          case EVENT -> ofEvent(payload);
          case INTERACTION -> ofInteraction(payload, envelope);
          case SLASH -> join("slash", text(envelope, "envelope_id"));
        };
    return key.length() <= LONGEST ? key : key.substring(0, LONGEST);
  }

  private static String ofEvent(JsonNode payload) {
    JsonNode event = payload.path("event");
    boolean message =
        switch (text(event, "type")) {
          case "app_mention", "message" ->
              NEW_MESSAGES.contains(text(event, "subtype"))
                  && !event.has("edited")
                  && !text(event, "ts").isEmpty();
          default -> false;
        };
    return message
        ? join("message", text(payload, "team_id"), text(event, "channel"), text(event, "ts"))
        : join("event", text(payload, "event_id"));
  }

  private static String ofInteraction(JsonNode payload, JsonNode envelope) {
    if (Submission.is(payload)) {
      JsonNode view = payload.path("view");
      return join(
          "submission",
          text(view, "id"),
          text(payload.path("user"), "id"),
          UUID.nameUUIDFromBytes(view.path("state").toString().getBytes(StandardCharsets.UTF_8))
              .toString());
    }
    JsonNode action = payload.path("actions").path(0);
    if (action.isMissingNode()) {
      return join("interaction", text(envelope, "envelope_id"));
    }
    JsonNode container = payload.path("container");
    String on =
        container.has("message_ts") ? text(container, "message_ts") : text(container, "view_id");
    return join(
        "click",
        text(container, "channel_id"),
        on,
        text(action, "action_id"),
        text(payload.path("user"), "id"),
        text(action, "action_ts"));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static String join(String... parts) {
    return String.join(":", parts);
  }
}
