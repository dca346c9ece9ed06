package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.WorkEvent;
import java.time.Duration;
import java.util.Optional;

/** Events to and from their JSON. */
final class EventJson {
  /** The field of an enrolment that holds a sealed token. */
  static final String TOKEN = "token";

  private EventJson() {}

  /** What is sealed. */
  static ObjectNode token(String token) {
    return WireJson.object().put(TOKEN, token);
  }

  /** The same enrolment with the token that was sealed in it. */
  static Enrolment withToken(Enrolment enrolment, JsonNode opened) throws WireException {
    return new Enrolment(
        enrolment.stamp(), enrolment.key(), Optional.of(new WireJson(opened).text(TOKEN)));
  }

  static ObjectNode of(NodeEvent event) {
    ObjectNode json = WireJson.object();
    EventStamp stamp = event.stamp();
    json.put("v", WireJson.VERSION);
    json.put("kind", kind(event));
    json.put("node", stamp.node());
    json.put("env", stamp.env());
    json.put("boot", stamp.boot());
    json.put("incarnation", stamp.incarnation());
    json.put("seq", stamp.sequence());
    json.put("ts", stamp.sentAt().toEpochMilli());
    switch (event) {
      case PresenceEvent.Join join -> json.set("description", of(join.description()));
      case PresenceEvent.Update update -> json.set("description", of(update.description()));
      case PresenceEvent.Leave leave -> {}
      case PresenceEvent.Alive alive -> {
        json.put("load", alive.load().average());
        json.put("cores", alive.load().cores());
        json.put("interval", alive.interval().toMillis());
        json.put("running", alive.runningJobs());
        json.put("factsHash", alive.factsHash());
      }
      case WorkEvent job -> {
        json.put("req", job.request());
        json.put("phase", job.kind().wireName());
        json.put("message", job.summary());
      }
      case AlertEvent alert -> {
        json.put("severity", alert.severity().wireName());
        json.put("alert", alert.kind());
        json.put("message", alert.summary());
      }
      case Enrolment enrolment -> json.put("key", enrolment.key().x25519());
    }
    return json;
  }

  static String kind(NodeEvent event) {
    return switch (event) {
      case PresenceEvent.Join join -> "join";
      case PresenceEvent.Alive alive -> "alive";
      case PresenceEvent.Update update -> "update";
      case PresenceEvent.Leave leave -> "leave";
      case WorkEvent job -> "job";
      case AlertEvent alert -> "alert";
      case Enrolment enrolment -> "enroll";
    };
  }

  static NodeEvent event(JsonNode json) throws WireException {
    var read = new WireJson(json);
    var stamp =
        new EventStamp(
            read.text("node"),
            read.text("env"),
            read.text("boot"),
            read.number("incarnation"),
            read.number("seq"),
            read.instant("ts"));
    String kind = read.text("kind");
    return switch (kind) {
      case "join" -> new PresenceEvent.Join(stamp, description(read.object("description")));
      case "update" -> new PresenceEvent.Update(stamp, description(read.object("description")));
      case "leave" -> new PresenceEvent.Leave(stamp);
      case "alive" ->
          new PresenceEvent.Alive(
              stamp,
              new Load(read.decimal("load"), Math.toIntExact(read.number("cores"))),
              Duration.ofMillis(read.number("interval")),
              Math.toIntExact(read.number("running")),
              read.text("factsHash"));
      case "job" ->
          new WorkEvent(
              stamp,
              read.text("req"),
              read.constant("phase", WorkEvent.Kind.class),
              read.text("message"));
      case "alert" ->
          new AlertEvent(
              stamp,
              read.constant("severity", AlertEvent.Severity.class),
              read.text("alert"),
              read.text("message"));
      case "enroll" -> new Enrolment(stamp, new NodePublicKey(read.text("key")));
      default -> throw new WireException("unknown event kind");
    };
  }

  static ObjectNode of(NodeDescription description) {
    ObjectNode json = WireJson.object();
    json.put("node", description.node());
    json.put("collective", description.collective());
    json.put("env", description.env());
    json.set("apps", WireJson.map(description.apps()));
    json.set("roles", WireJson.array(description.roles()));
    json.set("tags", WireJson.array(description.tags()));
    json.set("facts", WireJson.map(description.facts()));
    json.set("capabilities", WireJson.array(description.capabilities()));
    return json;
  }

  static NodeDescription description(JsonNode json) throws WireException {
    var read = new WireJson(json);
    return new NodeDescription(
        read.text("node"),
        read.text("collective"),
        read.text("env"),
        read.map("apps"),
        read.texts("roles"),
        read.texts("tags"),
        read.map("facts"),
        read.texts("capabilities"));
  }
}
