package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How patient the bot is with silent nodes.
 *
 * @param collective the fleet's name
 * @param timeout after how long a silence a node is down; empty for three of its own intervals
 * @param startupGrace how long an expected node may take to be seen for the first time
 * @param observerGrace how long everything has to be well with the bot itself before it concludes
 *     anything from silence
 * @param forgetAfter how long nodes are remembered that are down or have left
 * @param expected names of the nodes that should be there
 * @param critical environments in which a node that is down is critical
 */
public record DetectorRules(
    String collective,
    Optional<Duration> timeout,
    Duration startupGrace,
    Duration observerGrace,
    Duration forgetAfter,
    Set<String> expected,
    Set<String> critical) {

  private static final int MISSED_BEATS = 3;
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(2);

  public DetectorRules {
    expected = Set.copyOf(expected);
    critical = Set.copyOf(critical);
  }

  /** What holds unless something else is configured. */
  public static DetectorRules standard(String collective) {
    return new DetectorRules(
        collective,
        Optional.empty(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofDays(3),
        Set.of(),
        Set.of());
  }

  public DetectorRules expecting(Set<String> nodes) {
    return new DetectorRules(
        collective, timeout, startupGrace, observerGrace, forgetAfter, nodes, critical);
  }

  /**
   * The silence after which a node is down. Never as short as its interval, or each beat that is a
   * little late would be a failure.
   */
  public Duration timeout(Duration interval) {
    Duration usual = clamp(Duration.ofMillis(interval.toMillis() * MISSED_BEATS));
    Duration least = interval.plus(grace(interval));
    return timeout.map(wanted -> wanted.compareTo(least) < 0 ? least : wanted).orElse(usual);
  }

  private static Duration clamp(Duration wanted) {
    if (wanted.compareTo(SHORTEST_TIMEOUT) < 0) {
      return SHORTEST_TIMEOUT;
    }
    return wanted.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : wanted;
  }

  /** The silence after which a beat is overdue: an interval and a half. */
  Duration lateness(Duration interval) {
    return interval.plus(grace(interval));
  }

  /** Without the decimal arithmetic of {@link Duration}, for it is asked of every node. */
  static Duration half(Duration whole) {
    return Duration.ofMillis(whole.toMillis() / 2);
  }

  private static Duration grace(Duration interval) {
    Duration half = half(interval);
    return half.compareTo(SHORTEST_GRACE) < 0 ? SHORTEST_GRACE : half;
  }
}
