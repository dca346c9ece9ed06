package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.util.List;

/** Ends a Web API call with {@code ok: false}. Never leaves this package. */
final class ApiRefusal extends RuntimeException {
  private final String error;
  private final transient ObjectNode details;

  ApiRefusal(String error) {
    this(error, Json.object());
  }

  ApiRefusal(String error, ObjectNode details) {
    super(error, null, false, false);
    this.error = error;
    this.details = details;
  }

  /** The refusal of a call with a wrong argument, in the words Slack uses. */
  static ApiRefusal withMessages(String error, List<String> messages) {
    ObjectNode details = Json.object();
    details.putObject("response_metadata").set("messages", Json.strings(messages));
    return new ApiRefusal(error, details);
  }

  /** Slack's word for the reason. */
  String error() {
    return error;
  }

  /** The answer's body. */
  ObjectNode body() {
    ObjectNode body = Json.object().put("ok", false).put("error", error);
    body.setAll(details);
    return body;
  }
}
