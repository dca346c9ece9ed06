package dev.bandmaster.core.fleet;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * When to look at which node, in the order of time. A node's beats move its deadlines on all the
 * time and the alarm stays where it is: the one that is woken too early sets it again. So a beat
 * costs nothing here, and a node costs two steps in a queue every few beats.
 */
final class DeadlineQueue {
  private final PriorityQueue<Alarm> queue = new PriorityQueue<>();
  private final Map<String, Instant> set = new HashMap<>();

  private record Alarm(Instant at, String node) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      return at.compareTo(other.at);
    }
  }

  /** Wakes for a node then, or earlier if that was wanted before. */
  void set(String node, Instant at) {
    Instant before = set.get(node);
    if (before == null || at.isBefore(before)) {
      set.put(node, at);
      queue.add(new Alarm(at, node));
    }
  }

  /** Takes away the alarms that are due, at most so many, and adds their nodes to a collection. */
  void due(Instant now, int most, Collection<String> nodes) {
    for (int i = 0; i < most; i++) {
      Alarm first = queue.peek();
      if (first == null || first.at().isAfter(now)) {
        return;
      }
      queue.remove();
      // One that was set earlier in the meantime has gone off already.
      if (set.remove(first.node(), first.at())) {
        nodes.add(first.node());
      }
    }
  }

  void clear() {
    queue.clear();
    set.clear();
  }
}
