package dev.bandmaster.engine.addresses;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.core.store.AddressAssignment.State;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.model.Backoff;
import dev.bandmaster.plugin.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the addresses of machines that are gone, and runs the program that takes an address
 * away until it succeeds; only then the address is free. Any number of replicas may do so.
 */
public final class AddressReturns implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddressReturns.class);

  /** The fact in which a node says on which machine it runs, if it has another name. */
  static final String INSTANCE = "instance_id";

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How often it is looked for machines that are gone: that reads all nodes. */
  private static final Duration LOOK_AT_NODES = Duration.ofSeconds(10);

  /** Beside a run's own time: for its end by force, and for the store. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(15));

  /** Failures in a row after which people are notified. */
  private static final int REPORTED_AFTER = 3;

  private final AddressSettings settings;
  private final AddressPrograms programs;
  private final Store store;
  private final Supplier<List<Node>> nodes;
  private final String collective;
  private final Duration quiet;
  private final InstantSource clock;
  private final ItemGuard<String> guard;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final Ticker ticker = new Ticker("addresses", LOOK, this::look);

  /** When nodes are looked at next. */
  private Instant nodesAt = Instant.EPOCH;

  /**
   * Not started yet.
   *
   * @param nodes the nodes that have described themselves and not left
   * @param collective the fleet, for alerts
   * @param quiet after how long an alert about an address is over
   */
  public AddressReturns(
      AddressSettings settings,
      Store store,
      Supplier<List<Node>> nodes,
      String collective,
      Duration quiet,
      InstantSource clock) {
    this.settings = settings;
    this.programs = new AddressPrograms(settings);
    this.store = store;
    this.nodes = nodes;
    this.collective = collective;
    this.quiet = quiet;
    this.clock = clock;
    this.guard = ItemGuard.logging(LOG, "The address", clock, StoreUnavailable.class::isInstance);
  }

  public void start() {
    ticker.start();
  }

  /** Looks at every address that is not free. For the thread, and tests. */
  void look() {
    try {
      List<AddressAssignment> all = store.addresses().all();
      if (!all.isEmpty()) {
        look(all);
      }
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot look at the addresses: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Looking at the addresses failed unexpectedly; retrying", e);
    }
  }

  private void look(List<AddressAssignment> all) {
    Instant now = clock.instant();
    all.stream()
        .filter(each -> each.state() == State.DETACHING && !now.isBefore(each.due()))
        .forEach(each -> guarded(each, () -> detach(each, now)));
    if (now.isBefore(nodesAt)) {
      return;
    }
    nodesAt = now.plus(LOOK_AT_NODES);
    List<Node> known = nodes.get();
    Map<String, NodeRecord> records =
        store.lives().all().stream()
            .collect(Collectors.toMap(NodeRecord::node, Function.identity()));
    all.stream()
        .filter(each -> each.state() != State.DETACHING)
        .forEach(each -> guarded(each, () -> follow(each, known, records, now)));
  }

  private void guarded(AddressAssignment each, Runnable work) {
    if (guard.isSkipped(each.address())) {
      return;
    }
    guard.run(
        each.address(),
        () -> {
          try {
            work.run();
          } catch (StoreConflict changed) {
            // Another replica was quicker, or the machine asked again; the next look sees it.
          }
        });
  }

  /** Finds the machine's node, and gives the address back once that is gone. */
  private void follow(
      AddressAssignment each, List<Node> known, Map<String, NodeRecord> records, Instant now) {
    if (each.node().isEmpty()) {
      known.stream()
          .filter(node -> runsOn(node, each))
          .map(Node::name)
          .findFirst()
          .ifPresent(name -> store.commit(new Change.UpdateAddress(each, each.seenAs(name))));
    } else if (each.state() == State.ATTACHED && isGone(each, known, records, now)) {
      LOG.info("{} is gone; {} of {} is given back", each.node(), each.address(), each.instance());
      store.commit(new Change.UpdateAddress(each, each.in(State.DETACHING, now)));
    }
  }

  private static boolean runsOn(Node node, AddressAssignment each) {
    return node.environment().equals(each.environment())
        && (node.name().equals(each.instance())
            || each.instance().equals(node.facts().get(INSTANCE)));
  }

  /** Forgotten, or away for long enough; a reboot or a cut cable is neither. */
  private boolean isGone(
      AddressAssignment each, List<Node> known, Map<String, NodeRecord> records, Instant now) {
    NodeRecord record = records.get(each.node());
    if (record == null) {
      return known.stream().noneMatch(node -> node.name().equals(each.node()))
          && !now.isBefore(each.since().plus(settings.releaseAfter()));
    }
    boolean away = record.state() == NodeState.DOWN || record.state() == NodeState.LEFT;
    return away && !now.isBefore(record.standing().since().plus(settings.releaseAfter()));
  }

  /** Claims the run by moving its time, so that no other replica begins the same. */
  private void detach(AddressAssignment each, Instant now) {
    AddressAssignment claimed =
        each.dueAt(now.plus(settings.timeout()).plus(MARGIN), each.failures());
    store.commit(new Change.UpdateAddress(each, claimed));
    Thread thread =
        Thread.ofVirtual()
            .name("address-back-" + each.address())
            .unstarted(() -> {
              try {
                guard.run(each.address(), () -> detach(claimed));
              } catch (StoreUnavailable e) {
                LOG.warn("{} is free, which cannot be stored yet; it is tried again", each, e);
              } finally {
                running.remove(Thread.currentThread());
              }
            });
    running.add(thread);
    thread.start();
  }

  private void detach(AddressAssignment claimed) {
    try {
      Optional<String> problem = programs.detach(claimed);
      if (problem.isEmpty()) {
        store.commit(new Change.FreeAddress(claimed));
        LOG.info("{} is free again; {} had it", claimed.address(), claimed.instance());
      } else {
        again(claimed, problem.get());
      }
    } catch (InterruptedException e) {
      // The bot stops; the address is taken back after the next start.
      Thread.currentThread().interrupt();
    } catch (StoreConflict changed) {
      LOG.info("{} has changed while it was taken back", claimed.address());
    }
  }

  private void again(AddressAssignment claimed, String problem) {
    int failures = claimed.failures() + 1;
    Instant now = clock.instant();
    LOG.warn("{} cannot be taken from {}: {}", claimed.address(), claimed.instance(), problem);
    Change next =
        new Change.UpdateAddress(
            claimed, claimed.dueAt(now.plus(AGAIN.whole(failures - 1)), failures));
    if (failures == REPORTED_AFTER) {
      store.commit(next, new Change.RecordSignal(Ids.next(now), stuck(claimed, problem, now)));
    } else {
      store.commit(next);
    }
  }

  private Signal stuck(AddressAssignment claimed, String problem, Instant now) {
    return new Signal.Fired(
        new GroupKey("address_stuck", collective, claimed.environment(), claimed.role()),
        Optional.of(
            "An address of %s in %s cannot be given back"
                .formatted(claimed.role(), claimed.environment())),
        Alert.of(
                "address_stuck:" + claimed.address(),
                Severity.WARNING,
                claimed.address(),
                "cannot be taken from %s: %s".formatted(claimed.instance(), problem),
                "",
                now)
            .on(List.of(claimed.role()))
            .overAfter(quiet));
  }

  /** Waits for the runs that are under way. For tests. */
  void join() throws InterruptedException {
    for (Thread thread : running) {
      thread.join();
    }
  }

  /** Runs that are under way are ended. */
  @Override
  public void close() {
    ticker.close();
    running.forEach(Thread::interrupt);
  }
}
