package dev.bandmaster.engine.webhooks;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.fleet.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How what a system outside tells becomes an alert of ours.
 *
 * @param source the system's name
 * @param collective the fleet, where no label names another one
 * @param environments that are known; what names another one belongs to none of them
 * @param environment where no label names a known one; may be empty
 * @param severity where it is not said
 * @param quiet after how long without a further word something is over whose end is reported; empty
 *     for never
 * @param eventQuiet the same for what has no end of its own
 */
public record AlertOrigin(
    String source,
    String collective,
    Set<String> environments,
    String environment,
    String environmentLabel,
    String appLabel,
    String nodeLabel,
    Severity severity,
    Optional<Duration> quiet,
    Duration eventQuiet) {

  private static final String COLLECTIVE_LABEL = "collective";
  private static final int LONGEST_WORD = 80;
  private static final int LONGEST_VALUE = 200;

  /** Labels that are kept of an alert; more of them nobody chooses by. */
  private static final int MOST_LABELS = 30;

  /** How the severities of this world are written. */
  private static final Map<String, Severity> SEVERITIES =
      Map.of(
          "critical", Severity.CRITICAL,
          "page", Severity.CRITICAL,
          "warning", Severity.WARNING,
          "warn", Severity.WARNING,
          "info", Severity.INFO,
          "none", Severity.INFO);

  public AlertOrigin {
    environments = Set.copyOf(environments);
  }

  /** The same key for the same thing, and for nothing that another system tells. */
  String key(String id) {
    return "webhook:" + source + ":" + id;
  }

  /** What a word of theirs means; the usual one where it means nothing here. */
  Severity severity(Optional<String> word) {
    return word.map(given -> SEVERITIES.get(given.toLowerCase(Locale.ROOT))).orElse(severity);
  }

  GroupKey topic(String rule, Map<String, String> labels) {
    String word = SafeText.word(rule, LONGEST_WORD);
    return GroupKey.outside(
        source, word.isEmpty() ? source : word, collective(labels), environment(labels));
  }

  private String collective(Map<String, String> labels) {
    String named = SafeText.word(labels.getOrDefault(COLLECTIVE_LABEL, ""), LONGEST_WORD);
    return named.isEmpty() ? collective : named;
  }

  private String environment(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(environmentLabel))
        .filter(environments::contains)
        .orElse(environment);
  }

  /** The node's name, without the port of whatever was asked there; empty for none. */
  String node(Map<String, String> labels) {
    return SafeText.word(labels.getOrDefault(nodeLabel, ""), LONGEST_WORD)
        .replaceFirst("(?<=[^:]):[0-9]{1,5}$", "");
  }

  /** An alert with everything in it by which it is routed and silenced. */
  Alert alert(
      String id,
      Severity how,
      String name,
      String text,
      Map<String, String> labels,
      Instant since) {
    String application = SafeText.word(labels.getOrDefault(appLabel, ""), LONGEST_WORD);
    return Alert.of(key(id), how, name, "· " + text, node(labels), since)
        .on(application.isEmpty() ? List.of() : List.of(application))
        .labelled(kept(labels));
  }

  private Map<String, String> kept(Map<String, String> labels) {
    Map<String, String> kept = new TreeMap<>();
    kept.put("source", source);
    labels.entrySet().stream()
        .filter(label -> !label.getKey().equals(appLabel) && !label.getKey().equals(nodeLabel))
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST_LABELS)
        .forEach(label -> {
          String key = SafeText.word(label.getKey(), LONGEST_WORD);
          String value = SafeText.line(label.getValue(), LONGEST_VALUE);
          if (!key.isEmpty() && !value.isEmpty()) {
            kept.putIfAbsent(key, value);
          }
        });
    return kept;
  }

  /** What has begun has not begun in the future. */
  static Instant since(Optional<Instant> said, Instant now) {
    return said.filter(at -> at.isBefore(now) && at.isAfter(Instant.EPOCH)).orElse(now);
  }
}
