package dev.bandmaster.core.alert;

import dev.bandmaster.core.fleet.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Signs and words for alerts. */
public final class AlertText {

  /** What one of a rule is called, and what many are. */
  private record Words(String one, String many) {}

  private static final Map<String, Words> RULES =
      Map.ofEntries(
          rule("node_down", "A node is down", "%d nodes are down"),
          rule(
              "never_seen", "An expected node was never seen", "%d expected nodes were never seen"),
          rule(
              "zombie",
              "A node sends heartbeats but does not answer",
              "%d nodes send heartbeats but do not answer"),
          rule("flapping", "A node is flapping", "%d nodes are flapping"),
          rule("still_missing", "A node has not come back", "%d nodes have not come back"),
          rule("job_failed", "A job failed", "%d jobs failed"),
          rule("job_lost", "A job was lost", "%d jobs were lost"),
          rule(
              "serf_member_failed",
              "A Serf member does not answer",
              "%d Serf members do not answer"),
          rule("clock_skew", "A node's clock is wrong", "The clocks of %d nodes are wrong"),
          rule("untrusted_messages", "Untrusted messages", "Untrusted messages"),
          rule("alert_storm", "Many alerts at once", "Many alerts at once: %d more"),
          rule(
              "too_many_alerts",
              "A source raises too many alerts",
              "%d sources raise too many alerts"),
          rule(
              "alerts_unseen", "Alerts resolved before posting", "Alerts resolved before posting"));

  private static Map.Entry<String, Words> rule(String rule, String one, String many) {
    return Map.entry(rule, new Words(one, many));
  }

  private AlertText() {}

  public static String sign(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "🔴";
      case WARNING -> "🟠";
      case INFO -> "🔵";
    };
  }

  /** A severity as people write it. */
  public static String of(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /** What stands above an episode. */
  public static String headline(AlertGroup episode) {
    int count = episode.firing().size();
    int of = count == 0 ? episode.recovered().size() : count;
    String what = episode.state().headline().orElseGet(() -> usual(episode.topic().rule(), of));
    String where = episode.topic().environment();
    return where.isEmpty() || what.contains(where) ? what : what + " in " + where;
  }

  private static String usual(String rule, int count) {
    Words words = RULES.get(rule);
    if (words == null) {
      String name = rule.replace('_', ' ').replace('-', ' ').strip();
      String begun =
          name.isEmpty()
              ? "Alert"
              : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      return count == 1 ? begun : "%s (%d)".formatted(begun, count);
    }
    return count == 1 ? words.one() : words.many().formatted(count);
  }

  /** The first names, and how many more there are. */
  public static String names(List<String> names, int most) {
    String first = names.stream().limit(most).collect(Collectors.joining(", "));
    return names.size() > most ? "%s and %d more".formatted(first, names.size() - most) : first;
  }
}
