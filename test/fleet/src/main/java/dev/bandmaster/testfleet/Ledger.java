package dev.bandmaster.testfleet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What really happened on the nodes of a fleet, for a check of what people were told about it. Work
 * is kept by request and node; questions that change nothing are only counted. Any thread.
 */
public final class Ledger {
  /**
   * Work that was begun.
   *
   * @param what capability and action, such as {@code deploy.deploy}
   * @param times how often it was begun; more than once is a broken promise
   */
  public record Run(String request, String node, String what, int times) {}

  private record Key(String request, String node) {}

  private final ConcurrentMap<Key, Run> work = new ConcurrentHashMap<>();
  private final LongAdder all = new LongAdder();

  Ledger() {}

  void began(String request, String node, String what) {
    all.increment();
    work.merge(
        new Key(request, node),
        new Run(request, node, what, 1),
        (before, again) -> new Run(request, node, what, before.times() + 1));
  }

  void answered() {
    all.increment();
  }

  /** Everything that was begun, questions included. */
  public long total() {
    return all.sum();
  }

  /** All work, in no order. */
  public List<Run> runs() {
    return List.copyOf(work.values());
  }

  /** The nodes on which the work of a request was begun. */
  public Set<String> nodesThatRan(String request) {
    var nodes = new TreeSet<String>();
    for (Map.Entry<Key, Run> entry : work.entrySet()) {
      if (entry.getKey().request().equals(request)) {
        nodes.add(entry.getKey().node());
      }
    }
    return nodes;
  }

  /** Work that was begun more than once: always empty, or a promise was broken. */
  public List<Run> repeated() {
    return work.values().stream().filter(run -> run.times() > 1).toList();
  }
}
