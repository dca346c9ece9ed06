package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Finds what an envelope means by its raw JSON alone, for payloads whose form the SDK's types do
 * not hold: what people say and do. Changes of the workspace are not read here, since knowledge of
 * it expires by itself.
 */
final class RawRoutes {

  private final PayloadReader reader;

  RawRoutes(PayloadReader reader) {
    this.reader = reader;
  }

  Interpretation read(JsonNode envelope, SlackIdentity.Self self) {
    JsonNode payload = envelope.path("payload");
    textOnly(payload, "text", "user_id", "channel_id");
    textOnly(payload.path("user"), "id");
    JsonNode actions = payload.path("actions");
    if (!actions.isMissingNode() && !actions.path(0).isObject()) {
      throw new IllegalArgumentException("The field 'actions' is no list of actions.");
    }
    textOnly(actions.path(0), "action_id", "value");
    textOnly(payload.path("event"), "text", "user", "channel", "ts", "thread_ts");
    textOnly(payload.path("event").path("message"), "text", "user", "ts", "thread_ts");
    return switch (envelope.path("type").asText("")) {
      case "events_api" -> event(payload, self);
      case "slash_commands" -> reader.slashed(payload);
      case "interactive" ->
          switch (payload.path("type").asText("")) {
            case "block_actions" -> reader.clicked(payload);
            case "view_submission" -> reader.submitted(payload);
            default -> new Interpretation.Ignored(IgnoredReason.UNKNOWN_PAYLOAD);
          };
      default -> new Interpretation.Ignored(IgnoredReason.UNKNOWN_PAYLOAD);
    };
  }

  private Interpretation event(JsonNode payload, SlackIdentity.Self self) {
    if (!EventWorkspace.isOurs(payload, self)) {
      return new Interpretation.Ignored(IgnoredReason.OTHER_WORKSPACE);
    }
    return switch (payload.path("event").path("type").asText("")) {
      case "app_mention", "message" ->
          payload.path("event").path("subtype").asText("").equals("message_changed")
              ? reader.edited(payload, self)
              : reader.said(payload, self);
      case "app_home_opened" -> reader.home(payload);
      default -> new Interpretation.Ignored(IgnoredReason.UNKNOWN_EVENT);
    };
  }

  /** What is decided by has to be there as text: anything else could be read in several ways. */
  private static void textOnly(JsonNode node, String... fields) {
    for (String field : fields) {
      JsonNode value = node.path(field);
      if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
        throw new IllegalArgumentException("The field '" + field + "' is no text.");
      }
    }
  }
}
