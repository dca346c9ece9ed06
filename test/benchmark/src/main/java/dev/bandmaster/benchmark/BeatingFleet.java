package dev.bandmaster.benchmark;

import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Nodes that beat, each at its own moment of the interval, until they are cut off. What they say is
 * made here and travels through no broker.
 */
final class BeatingFleet {
  /** As the bus takes deliveries in: at most fifty batches a second. */
  static final Duration BATCH = Duration.ofMillis(20);

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private final int environments;
  private final InstantSource clock;
  private final BitSet silent = new BitSet();
  private final long[] sequences;
  private final int[] incarnations;
  private final Instant[] lastSeen;
  private long batches;
  private long turn;

  /**
   * A fleet of which nobody has said anything yet.
   *
   * @param environments the nodes are dealt out to them in turn
   */
  BeatingFleet(int nodes, int environments, InstantSource clock) {
    this.environments = environments;
    this.clock = clock;
    this.sequences = new long[nodes];
    this.incarnations = new int[nodes];
    this.lastSeen = new Instant[nodes];
    Arrays.fill(incarnations, 1);
    Arrays.fill(lastSeen, Instant.EPOCH);
  }

  int size() {
    return sequences.length;
  }

  String name(int node) {
    return "node%06d".formatted(node);
  }

  String environment(int node) {
    return "env%02d".formatted(node % environments);
  }

  /** Everybody introduces itself. */
  List<PresenceEvent> join() {
    return IntStream.range(0, size())
        .<PresenceEvent>mapToObj(node -> {
          NodeDescription description =
              new NodeDescription(
                  name(node),
                  "main",
                  environment(node),
                  Map.of("web", "1.4.2"),
                  List.of("frontend"),
                  List.of("ssd"),
                  Map.of("os", "debian-13"),
                  List.of());
          return new PresenceEvent.Join(stamp(node), description);
        })
        .toList();
  }

  /** What is said in the time of the next batch. */
  List<PresenceEvent> next() {
    batches++;
    long until = batches * BATCH.toMillis() * size() / INTERVAL.toMillis();
    List<PresenceEvent> beats = new ArrayList<>();
    for (; turn < until; turn++) {
      int node = (int) (turn % size());
      if (!silent.get(node)) {
        beats.add(new PresenceEvent.Alive(stamp(node), new Load(0.5, 4), INTERVAL, 0, "facts"));
      }
    }
    return beats;
  }

  private EventStamp stamp(int node) {
    lastSeen[node] = clock.instant();
    return new EventStamp(
        name(node),
        environment(node),
        "boot-" + incarnations[node],
        incarnations[node],
        ++sequences[node],
        clock.instant());
  }

  /** When a node was last seen. */
  Instant lastSeen(int node) {
    return lastSeen[node];
  }

  void cut(int node) {
    silent.set(node);
  }

  /** A node's agent is restarted. */
  void restart(int node) {
    silent.clear(node);
    incarnations[node]++;
    sequences[node] = 0;
  }
}
