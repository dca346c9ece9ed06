package dev.bandmaster.engine.fleet;

import dev.bandmaster.model.EventStamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the clocks of nodes are from ours, by the time that each of their beats carries. A beat
 * that comes from the future proves a clock that is ahead; one from the past may also have been
 * delayed. So a clock counts as wrong only when the last few beats all say so, and the least
 * delayed of them says by how much. Any thread.
 */
public final class ClockSkews {
  /** Beats that have to agree: one may have been delayed. */
  static final int BEATS = 3;

  /** Less is no reason to look after a clock; the stamps are made and read in milliseconds. */
  static final Duration AHEAD = Duration.ofSeconds(2);

  /** More than a beat is usually on its way, a busy store included. */
  static final Duration BEHIND = Duration.ofSeconds(5);

  /** How often an alert about a clock is renewed while it is wrong. */
  private static final Duration RENEWED = Duration.ofMinutes(5);

  /** Nodes that a sentence names. */
  private static final int NAMED = 5;

  /** With fewer nodes nobody can tell whose clock is wrong. */
  private static final int MAJORITY_OF = 3;

  private final Map<String, Deque<Duration>> beats = new ConcurrentHashMap<>();
  private final Map<String, Instant> said = new ConcurrentHashMap<>();

  /** Something that people should be told. */
  public record Finding(String node, String environment, String sentence) {}

  /**
   * A beat has come.
   *
   * @return what people should be told of this node's clock now
   */
  Optional<Finding> beat(EventStamp stamp, Instant received) {
    String node = stamp.node();
    Deque<Duration> last = beats.computeIfAbsent(node, _ -> new ArrayDeque<>(BEATS + 1));
    synchronized (last) {
      last.addLast(Duration.between(received, stamp.sentAt()));
      if (last.size() > BEATS) {
        last.removeFirst();
      }
    }
    Optional<Duration> skew = of(node);
    if (skew.isEmpty()) {
      said.remove(node);
      return Optional.empty();
    }
    Instant before = said.get(node);
    if (before != null && received.isBefore(before.plus(RENEWED))) {
      return Optional.empty();
    }
    said.put(node, received);
    return Optional.of(
        new Finding(
            node,
            stamp.env(),
            "has a clock that is %s: requests may expire before they arrive, and its times are wrong; set it right, for instance by NTP"
                .formatted(words(skew.get()))));
  }

  /** How far a node's clock is ahead, negative where it is behind; empty while it is right. */
  public Optional<Duration> of(String node) {
    Deque<Duration> last = beats.get(node);
    if (last == null) {
      return Optional.empty();
    }
    List<Duration> known;
    synchronized (last) {
      known = List.copyOf(last);
    }
    if (known.size() < BEATS) {
      return Optional.empty();
    }
    // The least delayed beat is nearest to the truth, whatever the direction.
    Duration nearest = known.stream().max(Duration::compareTo).orElseThrow();
    Duration least = known.stream().min(Duration::compareTo).orElseThrow();
    boolean ahead = least.compareTo(AHEAD) >= 0;
    boolean behind = nearest.compareTo(BEHIND.negated()) <= 0;
    return ahead || behind ? Optional.of(nearest) : Optional.empty();
  }

  /** In words: {@code 14 s ahead}. */
  static String words(Duration skew) {
    long seconds = Math.max(1, Math.round(skew.abs().toMillis() / 1e3));
    return "%d s %s".formatted(seconds, skew.isNegative() ? "behind" : "ahead");
  }

  /** What is said of one node, if its clock is wrong. */
  Optional<String> describe(String node) {
    return of(node).map(ClockSkews::words);
  }

  /** All nodes whose clock is wrong, sorted by name. */
  private Map<String, Duration> all() {
    Map<String, Duration> all = new TreeMap<>();
    beats.keySet().forEach(node -> of(node).ifPresent(skew -> all.put(node, skew)));
    return all;
  }

  /** How many nodes' clocks are wrong. */
  public int count() {
    return all().size();
  }

  /** For {@code status}; empty while all clocks are right. */
  public Optional<String> describe() {
    Map<String, Duration> wrong = all();
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    long ahead = wrong.values().stream().filter(Duration::isPositive).count();
    long most = Math.max(ahead, wrong.size() - ahead);
    if (beats.size() >= MAJORITY_OF && most * 2 > beats.size()) {
      Duration typical = wrong.values().stream().sorted().toList().get(wrong.size() / 2);
      return Optional.of(
          "this machine's is %s, as %d of %d nodes say"
              .formatted(words(typical.negated()), most, beats.size()));
    }
    List<String> named = new ArrayList<>();
    wrong.entrySet().stream()
        .limit(NAMED)
        .forEach(node -> named.add(node.getKey() + " is " + words(node.getValue())));
    return Optional.of(
        String.join(", ", named)
            + (wrong.size() > NAMED ? ", and %d more".formatted(wrong.size() - NAMED) : ""));
  }

  void forget(String node) {
    beats.remove(node);
    said.remove(node);
  }
}
