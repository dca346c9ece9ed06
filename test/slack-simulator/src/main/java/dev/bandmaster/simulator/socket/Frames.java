package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.time.Instant;

/** The texts that go through a WebSocket of Socket Mode. */
final class Frames {
  private static final String HOST = "slack-simulator";

  /** How many seconds a connection is said to live: about five hours, as Slack says. */
  private static final int LIFE_SECONDS = 18_060;

  private Frames() {}

  static String hello(String appId, int connections, Instant now) {
    ObjectNode hello = Json.object().put("type", "hello");
    hello.put("num_connections", connections);
    hello.set("connection_info", Json.object().put("app_id", appId));
    ObjectNode debug = hello.putObject("debug_info");
    debug.put("host", HOST);
    debug.put("started", now.toString());
    debug.put("build_number", 1);
    debug.put("approximate_connection_time", LIFE_SECONDS);
    return hello.toString();
  }

  static String disconnect(String reason) {
    ObjectNode message = Json.object().put("type", "disconnect").put("reason", reason);
    message.putObject("debug_info").put("host", HOST);
    return message.toString();
  }

  static String envelope(String id, Envelope envelope, String reason) {
    ObjectNode message = Json.object();
    message.put("envelope_id", id);
    message.set("payload", envelope.payload);
    message.put("type", envelope.type.word());
    message.put("accepts_response_payload", envelope.acceptsResponse);
    if (envelope.type == EnvelopeType.EVENTS_API) {
      message.put("retry_attempt", envelope.attempt);
      message.put("retry_reason", envelope.attempt == 0 ? "" : reason);
    }
    return message.toString();
  }
}
