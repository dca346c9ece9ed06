package dev.bandmaster.engine.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.model.Glob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code config/bandmaster-serf-handler.sh} sends of an event of Serf. A member that has
 * failed is an alert until it joins or leaves. Several agents may tell the same.
 *
 * @param userEvents those of Serf's user events that are alerts
 */
public record SerfReader(AlertOrigin origin, List<Glob> userEvents) implements BodyReader {

  /** Members in one event: Serf joins what happens at once. */
  static final int MOST_MEMBERS = 1_000;

  private static final List<String> EVENTS =
      List.of(
          "member-join", "member-leave", "member-failed", "member-update", "member-reap", "user");
  private static final int LONGEST_NAME = 128;

  public SerfReader {
    userEvents = List.copyOf(userEvents);
  }

  @Override
  public WebhookAlert read(JsonFields body, Instant now) throws BadBody {
    String event = body.oneOf("event", body.required("event", "the value of SERF_EVENT"), EVENTS);
    return event.equals("user") ? user(body, now) : members(event, body, now);
  }

  private WebhookAlert members(String event, JsonFields body, Instant now) throws BadBody {
    List<Signal> signals = new ArrayList<>();
    for (JsonFields member : body.objects("members", MOST_MEMBERS, "members")) {
      String name = member.identifier("name", "the member's name", LONGEST_NAME);
      Map<String, String> labels = labels(member);
      switch (event) {
        case "member-failed" -> signals.add(failed(name, member, labels, now));
        case "member-update", "member-reap" -> {
          // Its tags have changed, or Serf has given it up. Neither makes anything well; whether
          // one
          // that was given up is gone for good is for people to say, who can close its alert.
        }
        default -> signals.add(new Signal.Cleared(origin.key(id(name))));
      }
    }
    return WebhookAlert.of(signals);
  }

  private static String id(String member) {
    return "member:" + member;
  }

  private Signal failed(String name, JsonFields member, Map<String, String> labels, Instant now)
      throws BadBody {
    String address = SafeText.line(member.text("address").orElse(""), LONGEST_NAME);
    labels.putIfAbsent(origin.nodeLabel(), name);
    Alert alert =
        origin.alert(
            id(name),
            origin.severity(),
            name,
            address.isEmpty() ? "Serf does not reach it" : "Serf does not reach it at " + address,
            labels,
            now);
    return new Signal.Fired(
        origin.topic("serf_member_failed", labels),
        origin.quiet().map(alert::overAfter).orElse(alert));
  }

  /** Its tags, and its role as one more. */
  private static Map<String, String> labels(JsonFields member) throws BadBody {
    Map<String, String> labels = new TreeMap<>(tags(member));
    Optional<String> role = member.text("role");
    role.ifPresent(is -> labels.putIfAbsent("role", is));
    return labels;
  }

  /** As an object, or in Serf's words: {@code env=prod,app=web}. */
  private static Map<String, String> tags(JsonFields member) throws BadBody {
    JsonNode tags = member.node().path("tags");
    if (!tags.isTextual()) {
      return member.labels("tags");
    }
    Map<String, String> read = new TreeMap<>();
    for (String tag : tags.asText().split(",", -1)) {
      int sign = tag.indexOf('=');
      if (sign > 0) {
        read.putIfAbsent(tag.substring(0, sign), tag.substring(sign + 1));
      }
    }
    return read;
  }

  /** Every agent tells of it, and it is the same by its name and Lamport time. */
  private WebhookAlert user(JsonFields body, Instant now) throws BadBody {
    String name = body.identifier("name", "the value of SERF_USER_EVENT", LONGEST_NAME);
    Optional<String> time = body.text("ltime");
    if (userEvents.stream().noneMatch(glob -> glob.matches(name))) {
      return WebhookAlert.of(List.of());
    }
    String payload = SafeText.line(body.text("payload").orElse(""), Alert.LONGEST_TEXT);
    Alert alert =
        origin.alert(
            "user:" + name,
            origin.severity(),
            name,
            payload.isEmpty() ? "by Serf" : payload,
            Map.of(),
            now);
    return new WebhookAlert(
        List.of(
            new Signal.Fired(origin.topic(name, Map.of()), alert.overAfter(origin.eventQuiet()))),
        time.map(at -> "user:%s:%s".formatted(name, SafeText.word(at, LONGEST_NAME))));
  }
}
