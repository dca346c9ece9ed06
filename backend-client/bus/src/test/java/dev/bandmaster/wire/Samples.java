package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One example of everything, with keys that are published and therefore worth nothing. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration TTL = Duration.ofSeconds(60);

  private Samples() {}

  static NodeDescription web1() {
    return new NodeDescription(
        "web1.example.com",
        "main",
        "staging",
        Map.of("web", "1.4.1"),
        List.of("frontend"),
        List.of("eu", "ssd"),
        Map.of("cores", "8", "os", "linux"),
        List.of("adhoc", "deploy", "ping"));
  }

  static Request request(String id) {
    return request(id, new Target.Nodes(List.of("web1.example.com", "web2.example.com")));
  }

  static Request request(String id, Target target) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    arguments.put("app", "web");
    arguments.put("version", "1.4.2");
    return new Request(
        id,
        id,
        NOW,
        TTL,
        NOW.plusSeconds(900),
        "bandmaster",
        new Caller("slack:T1:U1", "ann", "C1", List.of("developer"), List.of("slack:T1:U2")),
        "main",
        target,
        "deploy",
        "deploy",
        arguments,
        Delivery.LIVE,
        "replica-1",
        "trace-1");
  }

  static EventStamp stamp(long sequence) {
    return new EventStamp("web1.example.com", "staging", "b0071", 3, sequence, NOW);
  }
}
