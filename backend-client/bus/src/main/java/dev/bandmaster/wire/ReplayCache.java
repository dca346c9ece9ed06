package dev.bandmaster.wire;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Remembers request ids for as long as their requests could be accepted, so that each runs once.
 * Bounded: when it is full, new ids are refused rather than old ones forgotten, since forgetting
 * would let them in again. Any thread.
 */
public final class ReplayCache {
  /** What the cache says about an id. */
  public enum Verdict {
    /** Never seen; remembered from now on. */
    FRESH,
    /** Seen before. */
    REPLAYED,
    /** Not seen, but there is no room to remember it: reject it. */
    FULL
  }

  private record Entry(String id, Instant until) {}

  private final int most;
  private final InstantSource clock;
  private final Set<String> ids = new HashSet<>();
  private final PriorityQueue<Entry> soonestFirst =
      new PriorityQueue<>((left, right) -> left.until.compareTo(right.until));

  /**
   * @param most how many ids are remembered at the same time
   */
  public ReplayCache(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /** Says whether this is the first time that the request is seen. */
  public synchronized Verdict see(Request request) {
    Instant now = clock.instant();
    while (!soonestFirst.isEmpty() && soonestFirst.peek().until().isBefore(now)) {
      ids.remove(soonestFirst.remove().id());
    }
    if (ids.contains(request.id())) {
      return Verdict.REPLAYED;
    }
    if (ids.size() >= most) {
      return Verdict.FULL;
    }
    Instant until = request.sentAt().plus(request.ttl());
    ids.add(request.id());
    soonestFirst.add(new Entry(request.id(), until));
    return Verdict.FRESH;
  }
}
