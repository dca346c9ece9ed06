package dev.bandmaster.engine.webhooks;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our own form, for scripts: {@code {"dedupe_key": "eip:c7", "summary": "no free EIP", "severity":
 * "critical", "labels": {"env": "prod"}}}. The same key again is the same alert once more; {@code
 * "status": "resolved"} ends it.
 */
public record PlainReader(AlertOrigin origin) implements BodyReader {

  private static final List<String> KEYS =
      List.of("summary", "severity", "dedupe_key", "status", "rule", "name", "labels", "since");
  private static final List<String> SEVERITIES = List.of("info", "warning", "critical");
  private static final List<String> STATUS = List.of("firing", "resolved");
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_NAME = 100;

  @Override
  public WebhookAlert read(JsonFields body, Instant now) throws BadBody {
    body.knowsOnly(KEYS);
    String id = body.identifier("dedupe_key", "a key that identifies the problem", LONGEST_KEY);
    String status = body.oneOf("status", body.text("status").orElse("firing"), STATUS);
    if (status.equals("resolved")) {
      return WebhookAlert.of(List.of(new Signal.Cleared(origin.key(id))));
    }
    String summary =
        SafeText.line(
            body.required("summary", "a sentence that describes the problem"), Alert.LONGEST_TEXT);
    Optional<String> severity = body.text("severity");
    if (severity.isPresent()) {
      body.oneOf("severity", severity.get(), SEVERITIES);
    }
    Map<String, String> labels = body.labels("labels");
    Alert alert =
        origin.alert(
            id,
            origin.severity(severity),
            name(body, labels, id),
            summary,
            labels,
            AlertOrigin.since(body.time("since"), now));
    return WebhookAlert.of(
        List.of(
            new Signal.Fired(
                origin.topic(body.text("rule").orElse(origin.source()), labels),
                alert.overAfter(origin.eventQuiet()))));
  }

  private String name(JsonFields body, Map<String, String> labels, String id) throws BadBody {
    String given = SafeText.line(body.text("name").orElse(""), LONGEST_NAME);
    String node = origin.node(labels);
    return given.isEmpty() ? (node.isEmpty() ? SafeText.line(id, LONGEST_NAME) : node) : given;
  }
}
