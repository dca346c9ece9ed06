package dev.bandmaster.core.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For a time nobody is notified of certain alerts. They are followed all the same, and what still
 * fires at the end is announced.
 *
 * @param number what people call it by
 * @param matchers what an alert's labels have to be, all of them; never empty
 * @param author who wants it, by name
 */
public record Silence(
    long number,
    Kind kind,
    Map<String, String> matchers,
    Instant from,
    Instant until,
    String author,
    String reason) {

  /** It always has an end. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** Why nobody is notified. */
  public enum Kind {
    /** Somebody knows about it already. */
    SILENCE,
    /** Somebody is at work there. */
    MAINTENANCE
  }

  public Silence {
    matchers = Map.copyOf(new TreeMap<>(matchers));
    if (matchers.isEmpty()) {
      throw new IllegalArgumentException("a silence of everything");
    }
    if (!until.isAfter(from) || Duration.between(from, until).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a silence lasts at most " + LONGEST);
    }
  }

  /** Whether it is in force. */
  public boolean standsAt(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }

  /** Whether it is about this alert. */
  public boolean matches(GroupKey topic, Alert alert) {
    return matchers.entrySet().stream()
        .allMatch(matcher -> matches(matcher.getKey(), matcher.getValue(), topic, alert));
  }

  private static boolean matches(String label, String value, GroupKey topic, Alert alert) {
    return switch (label) {
      case "rule" -> topic.rule().equals(value);
      case "collective" -> topic.collective().equals(value);
      case "env" -> topic.environment().equals(value);
      case "topic" -> topic.key().equals(value);
      case "node" -> alert.node().equals(value);
      case "app" -> alert.applications().contains(value);
      default -> value.equals(alert.labels().get(label));
    };
  }

  /** What it is about, in a line. */
  public String what() {
    return new TreeMap<>(matchers)
        .entrySet().stream()
            .map(matcher ->
                matcher.getKey().equals("topic")
                    ? matcher.getValue().replace('|', ' ').strip()
                    : matcher.getKey() + "=" + matcher.getValue())
            .collect(Collectors.joining(", "));
  }
}
