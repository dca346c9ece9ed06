package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.chat.SendMethod;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Outbox.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to wait until when, as the pace has said. For one thread. */
final class Holds {

  /** Nothing is held for longer without asking again: the limits may have become others. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  /** Channels remembered; what is forgotten is asked for once more. */
  private static final int MOST_LANES = 2_000;

  private record Gate(SendMethod method, Urgency from) {}

  private record LaneGate(Lane lane, Urgency from) {}

  private final Map<Gate, Instant> methods = new HashMap<>();
  private final Map<LaneGate, Instant> lanes = new HashMap<>();
  private Instant now = Instant.EPOCH;

  /** It is later now: what had to wait until then may be tried again. */
  void open(Instant time) {
    now = time;
    methods.values().removeIf(until -> !until.isAfter(time));
    lanes.values().removeIf(until -> !until.isAfter(time));
  }

  /**
   * Something has to wait.
   *
   * @param whole whether everything of the method has, and not only what goes to that channel
   * @param from the urgency from which on
   */
  void close(Lane lane, boolean whole, Urgency from, Instant until) {
    Instant last = now.plus(LONGEST);
    Instant end = until.isAfter(last) ? last : until;
    if (whole) {
      methods.merge(new Gate(lane.method(), from), end, Holds::later);
    } else if (lanes.size() < MOST_LANES) {
      lanes.merge(new LaneGate(lane, from), end, Holds::later);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** When something may be tried again. */
  Optional<Instant> next() {
    return Stream.concat(methods.values().stream(), lanes.values().stream())
        .min(Instant::compareTo);
  }

  /** All that has to wait now. */
  Outbox.Held held() {
    return new Outbox.Held(
        strictest(methods.keySet().stream(), Gate::method, Gate::from),
        strictest(lanes.keySet().stream(), LaneGate::lane, LaneGate::from));
  }

  boolean held(Lane lane, Urgency urgency) {
    return Stream.of(Urgency.values())
        .filter(from -> urgency.compareTo(from) >= 0)
        .anyMatch(from ->
            methods.containsKey(new Gate(lane.method(), from))
                || lanes.containsKey(new LaneGate(lane, from)));
  }

  private static <G, K> Map<K, Urgency> strictest(
      Stream<G> gates, Function<G, K> key, Function<G, Urgency> from) {
    return gates.collect(
        Collectors.toMap(key, from, (one, other) -> one.compareTo(other) < 0 ? one : other));
  }
}
