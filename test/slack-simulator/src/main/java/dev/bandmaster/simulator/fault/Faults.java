package dev.bandmaster.simulator.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are switched on. Safe for use by many threads. */
public final class Faults {
  private final List<Fault> active = new ArrayList<>();
  private int counter;

  /** Switches a fault on and returns it with its id. */
  public synchronized Fault set(Fault fault) {
    counter++;
    Fault named = fault.named("F" + counter);
    if (!fault.kind().atOnce()) {
      active.add(named);
    }
    return named;
  }

  /** What is switched on, oldest first. */
  public synchronized List<Fault> list() {
    return List.copyOf(active);
  }

  /** Switches everything off. */
  public synchronized void clear() {
    active.clear();
  }

  /** Switches one fault off; false where there is none with this id. */
  public synchronized boolean clear(String id) {
    return active.removeIf(fault -> fault.id().equals(id));
  }

  /** The oldest fault of this kind that concerns {@code method}; it is counted as happened. */
  public synchronized Optional<Fault> take(Fault.Kind kind, String method) {
    for (int i = 0; i < active.size(); i++) {
      Fault fault = active.get(i);
      if (fault.kind() == kind && fault.concerns(method)) {
        spend(i, fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private void spend(int index, Fault fault) {
    if (fault.count() == 1) {
      active.remove(index);
    } else if (fault.count() > 1) {
      active.set(index, fault.times(fault.count() - 1));
    }
  }
}
