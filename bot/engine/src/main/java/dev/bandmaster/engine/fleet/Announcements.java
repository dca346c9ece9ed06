package dev.bandmaster.engine.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which nodes a plan has to reckon with although they have not announced themselves here: those
 * that are enrolled, expected or stored. A plan waits a moment for them. Those that have not
 * described themselves by then are left out of it by name, and no further plan waits for them until
 * they are received or the connection is made again. Safe for use by many threads.
 */
public final class Announcements {

  /** How long a plan waits: a node answers a call within a fraction of it. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  /** So long after the connection was made, the store may know nodes that were not seen here. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** Nodes asked by name; where more are missing, the call to all of them is on its way. */
  private static final int MOST_ASKED = 100;

  private final Presence presence;
  private final Enrolments enrolments;
  private final Set<String> expected;
  private final Consumer<List<String>> ask;
  private final Duration patience;
  private final InstantSource clock;
  private final Set<Vain> vain = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition seen = lock.newCondition();
  private volatile Optional<Instant> connected = Optional.empty();

  /** A node that a plan waited for in vain. Once it is trusted, the next plan waits again. */
  private record Vain(String node, boolean trusted) {}

  /**
   * Makes it; {@link #connected} says when the nodes begin to announce themselves.
   *
   * @param expected nodes that should be there by the configuration
   * @param ask asks nodes to describe themselves, in the background
   * @param patience how long a plan waits
   */
  public Announcements(
      Presence presence,
      Enrolments enrolments,
      Collection<String> expected,
      Consumer<List<String>> ask,
      Duration patience,
      InstantSource clock) {
    this.presence = presence;
    this.enrolments = enrolments;
    this.expected = Set.copyOf(expected);
    this.ask = ask;
    this.patience = patience;
    this.clock = clock;
    presence.onAnnounced(this::wake);
  }

  /** The connection was made, and all nodes are being asked to describe themselves. */
  public void connected() {
    presence.expectAnnouncements();
    vain.clear();
    connected = Optional.of(clock.instant());
  }

  private void wake() {
    lock.lock();
    try {
      seen.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the nodes that concern a plan and have not announced themselves.
   *
   * @param concerns whether a node that is not described may belong to the plan, by its name and
   *     its environment, if that is known
   * @param chosen the nodes that the plan would have at the moment
   * @return the names of those that still have not described themselves, in order
   */
  List<String> missing(
      BiPredicate<String, Optional<String>> concerns, Supplier<Stream<String>> chosen) {
    boolean isNew = enrolments.refreshIfChanged();
    if (isNew || isFresh() || chosen.get().findAny().isEmpty()) {
      presence.refresh();
    }
    await(unsettled(Stream.concat(undescribed(concerns), chosen.get())));
    return undescribed(concerns).sorted().toList();
  }

  /** Waits until these nodes, which are named already, have announced themselves. */
  void await(List<String> nodes) {
    enrolments.refreshIfChanged();
    await(unsettled(nodes.stream()));
  }

  /** Nodes to wait for; targets that a backend lists have nothing to announce. */
  private Set<String> unsettled(Stream<String> nodes) {
    Set<String> listed = presence.listed();
    return nodes
        .filter(node -> !listed.contains(node))
        .filter(node -> !isSettled(node))
        .collect(Collectors.toSet());
  }

  private boolean isFresh() {
    return connected.filter(at -> at.plus(FRESH).isBefore(clock.instant())).isEmpty();
  }

  private void await(Set<String> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    List<String> asked =
        nodes.stream().filter(enrolments::isTrusted).sorted().limit(MOST_ASKED).toList();
    if (!asked.isEmpty()) {
      ask.accept(asked);
    }
    long left = patience.toNanos();
    lock.lock();
    try {
      while (left > 0 && !nodes.stream().allMatch(this::isSettled)) {
        left = seen.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    // Another replica may have seen what this one has not.
    presence.refresh();
    vain.removeIf(node -> !isKnown(node.node()));
    nodes.forEach(node -> vain.add(vain(node)));
  }

  private Vain vain(String node) {
    return new Vain(node, enrolments.isTrusted(node));
  }

  /** Whether waiting for a node is over, or has been in vain. */
  private boolean isSettled(String node) {
    return presence.hasAnnounced(node) || vain.contains(vain(node));
  }

  private boolean isKnown(String node) {
    return expected.contains(node) || enrolments.isTrusted(node) || presence.isDescribed(node);
  }

  private Stream<String> undescribed(BiPredicate<String, Optional<String>> concerns) {
    Set<String> listed = presence.listed();
    return Stream.concat(enrolments.names().stream(), expected.stream())
        .distinct()
        .filter(node -> !presence.isDescribed(node))
        .filter(node -> !listed.contains(node))
        .filter(node -> concerns.test(node, environment(node)));
  }

  private Optional<String> environment(String node) {
    return presence.environmentOfStranger(node).or(() -> enrolments.environment(node));
  }
}
