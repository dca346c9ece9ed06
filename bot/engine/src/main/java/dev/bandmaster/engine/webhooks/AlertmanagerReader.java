package dev.bandmaster.engine.webhooks;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.Signal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Alertmanager's webhook, version 4. It sends a group again and again while it fires; what it sends
 * is known by its fingerprint, so that this changes nothing.
 *
 * <p>What else is in a delivery is left alone: newer versions may say more.
 */
public record AlertmanagerReader(AlertOrigin origin) implements BodyReader {

  /** Alerts in one delivery; {@code max_alerts} of the receiver bounds them. */
  static final int MOST_ALERTS = 1_000;

  private static final String VERSION = "4";
  private static final List<String> STATUS = List.of("firing", "resolved");
  private static final int LONGEST_NAME = 100;

  /** What says best what an alert is about, where it names no node. */
  private static final List<String> NAMING = List.of("pod", "service", "device", "job");

  /** The sentence for people, by custom. */
  private static final List<String> WORDS = List.of("summary", "message", "description");

  @Override
  public WebhookAlert read(JsonFields body, Instant now) throws BadBody {
    String version = body.required("version", "this is not an Alertmanager webhook");
    if (!version.equals(VERSION)) {
      throw BadBody.because(
          "version is '%s'; only version %s of Alertmanager's webhook is supported"
              .formatted(SafeText.line(version, 10), VERSION));
    }
    List<Signal> signals = new ArrayList<>();
    for (JsonFields alert : body.objects("alerts", MOST_ALERTS, "alerts")) {
      signals.add(signal(alert, now));
    }
    return WebhookAlert.of(signals);
  }

  private Signal signal(JsonFields fields, Instant now) throws BadBody {
    String status =
        fields.oneOf("status", fields.required("status", "use firing or resolved"), STATUS);
    Map<String, String> labels = fields.labels("labels");
    if (labels.isEmpty()) {
      throw BadBody.because(fields.path() + ".labels is missing: labels identify an alert");
    }
    String id = id(fields, labels);
    if (status.equals("resolved")) {
      return new Signal.Cleared(origin.key(id));
    }
    String rule = labels.getOrDefault("alertname", "");
    Alert alert =
        origin.alert(
            id,
            origin.severity(Optional.ofNullable(labels.get("severity"))),
            name(labels, rule),
            text(fields.labels("annotations"), rule),
            labels,
            AlertOrigin.since(fields.time("startsAt"), now));
    return new Signal.Fired(
        origin.topic(rule, labels), origin.quiet().map(alert::overAfter).orElse(alert));
  }

  /** Those who speak as Alertmanager does and give no fingerprint are known by all labels. */
  private static String id(JsonFields fields, Map<String, String> labels) throws BadBody {
    Optional<String> given = fields.text("fingerprint");
    if (given.isPresent()) {
      return JsonFields.bounded(fields.path() + ".fingerprint", given.get(), 64);
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(labels.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String name(Map<String, String> labels, String rule) {
    return Stream.concat(
            Stream.of(origin.node(labels)), NAMING.stream().map(label -> labels.get(label)))
        .filter(Objects::nonNull)
        .map(name -> SafeText.line(name, LONGEST_NAME))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseGet(() -> rule.isBlank() ? origin.source() : SafeText.line(rule, LONGEST_NAME));
  }

  private static String text(Map<String, String> annotations, String rule) {
    return WORDS.stream()
        .map(annotations::get)
        .filter(Objects::nonNull)
        .map(text -> SafeText.line(text, Alert.LONGEST_TEXT))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseGet(() -> rule.isBlank() ? "fires" : SafeText.line(rule, LONGEST_NAME));
  }
}
