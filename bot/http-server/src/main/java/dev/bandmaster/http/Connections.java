package dev.bandmaster.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open connections and what each is doing. When there is no room for a new one, the one that
 * has kept its request unfinished for longest makes room, so that strangers who hold connections
 * never keep out a client that sends its request at once. What is being handled is never ended for
 * that.
 *
 * <p>Thread-safe. Nothing that may wait is called while the lock is held. Times are in nanoseconds.
 */
final class Connections {
  /** After a body was refused, its handler has this long to answer. In nanoseconds. */
  private static final long GRACE = 2_000_000_000L;

  private final HttpBounds bounds;
  private final Refusals refusals;
  private final Set<Entry> open = new LinkedHashSet<>();
  private int most;
  private long bodies;

  /** What can be done with a connection from outside. */
  interface Link {
    /** Bytes that have come over it. */
    long received();

    /** Whether its response is an event stream, which may take as long as it likes. */
    boolean isStreaming();

    /** Whether it speaks another protocol by now. */
    boolean isUpgraded();

    /** Answers, if nobody else is about to, and closes. */
    void refuse(Refusal refusal);

    void close();
  }

  /** A body that is being received. */
  interface Body {
    /** Makes reading it fail. */
    void refuse(Refusal refusal);
  }

  /** What a connection is doing. */
  private enum Phase {
    /** No whole request header has come since the last response. */
    WAITING,
    /** The headers are there and the body is not. */
    RECEIVING,
    /** The whole request is there and the response is not. */
    HANDLING,
    /** It speaks another protocol. */
    UPGRADED
  }

  /** One connection. Its fields belong to the table's lock. */
  static final class Entry {
    private final String address;
    private final Link link;
    private Phase phase = Phase.WAITING;
    private long since;
    private long requestSince;
    private boolean answered;
    private boolean started = true;
    private long seen;
    private long held;
    private boolean refused;
    private boolean gone;
    private @Nullable Body body;

    private Entry(String address, Link link, long now) {
      this.address = address;
      this.link = link;
      this.since = now;
    }

    String address() {
      return address;
    }

    private boolean isUnfinished() {
      return phase == Phase.WAITING || phase == Phase.RECEIVING;
    }

    /** Between two requests, with nothing of the next one there. */
    private boolean isIdle() {
      return phase == Phase.WAITING && answered && !started;
    }
  }

  Connections(HttpBounds bounds, Refusals refusals) {
    this.bounds = bounds;
    this.refusals = refusals;
  }

  /** Takes a new connection in, or refuses and closes it. */
  Optional<Entry> open(String address, Link link, long now) {
    Entry entry = new Entry(address, link, now);
    Entry victim = null;
    boolean full = false;
    synchronized (this) {
      long ofAddress = open.stream().filter(other -> other.address.equals(address)).count();
      if (ofAddress >= bounds.perAddress()) {
        victim = longestUnfinished(other -> other.address.equals(address));
        full = victim == null;
      } else if (open.size() >= bounds.connections()) {
        victim = longestUnfinished(other -> true);
        full = victim == null;
      }
      if (victim != null) {
        remove(victim);
      }
      if (!full) {
        open.add(entry);
        most = Math.max(most, open.size());
      }
    }
    if (victim != null) {
      end(victim, Refusal.TOO_MANY_CONNECTIONS);
    }
    if (full) {
      refusals.add(Refusal.TOO_MANY_CONNECTIONS);
      link.refuse(Refusal.TOO_MANY_CONNECTIONS);
      return Optional.empty();
    }
    return Optional.of(entry);
  }

  /** Idle connections go last: they belong to clients that have sent whole requests. */
  private @Nullable Entry longestUnfinished(Predicate<Entry> which) {
    return open.stream()
        .filter(which.and(Entry::isUnfinished))
        .min(Comparator.comparing(Entry::isIdle).thenComparingLong(entry -> entry.since))
        .orElse(null);
  }

  private void end(Entry entry, Refusal refusal) {
    refusals.add(refusal);
    Body body = entry.body;
    if (body != null) {
      // In this order: Jetty then ends the read that waits.
      entry.link.close();
      body.refuse(refusal);
    } else {
      entry.link.refuse(refusal);
    }
  }

  /**
   * The headers of a request are there.
   *
   * @param body if it has one
   * @return whether the connection is still to be served
   */
  synchronized boolean begin(Entry entry, Optional<Body> body, long now) {
    if (entry.gone) {
      return false;
    }
    entry.phase = body.isPresent() ? Phase.RECEIVING : Phase.HANDLING;
    entry.body = body.orElse(null);
    entry.refused = false;
    entry.since = now;
    entry.requestSince = now;
    return true;
  }

  /**
   * Bytes of a body have come. If that is too much for all bodies together, the largest unfinished
   * one is given up.
   */
  void receive(Entry entry, int bytes) {
    Entry largest = null;
    synchronized (this) {
      entry.held += bytes;
      bodies += bytes;
      if (bodies > bounds.allBodyBytes()) {
        largest =
            open.stream()
                .filter(other -> other.phase == Phase.RECEIVING && !other.refused)
                .max(Comparator.comparingLong(other -> other.held))
                .orElse(null);
        if (largest != null) {
          largest.refused = true;
          bodies -= largest.held;
          largest.held = 0;
        }
      }
    }
    if (largest != null) {
      refusals.add(Refusal.TOO_MANY_BODIES);
      Body body = largest.body;
      if (body != null) {
        body.refuse(Refusal.TOO_MANY_BODIES);
      }
    }
  }

  /** The body is there. */
  synchronized void received(Entry entry, long now) {
    if (entry.phase == Phase.RECEIVING) {
      entry.phase = Phase.HANDLING;
      entry.since = now;
    }
  }

  /** The response is there. */
  synchronized void finish(Entry entry, long now) {
    bodies -= entry.held;
    entry.held = 0;
    entry.body = null;
    entry.answered = true;
    entry.started = false;
    entry.seen = entry.link.received();
    entry.since = now;
    entry.phase = entry.link.isUpgraded() ? Phase.UPGRADED : Phase.WAITING;
  }

  /** The connection is closed. */
  synchronized void close(Entry entry) {
    remove(entry);
  }

  private void remove(Entry entry) {
    if (open.remove(entry)) {
      entry.gone = true;
      bodies -= entry.held;
      entry.held = 0;
    }
  }

  /** Ends what has taken too long. */
  void expire(long now) {
    List<Entry> slow = new ArrayList<>();
    List<Entry> idle = new ArrayList<>();
    List<Entry> bodiesTooSlow = new ArrayList<>();
    synchronized (this) {
      for (Entry entry : List.copyOf(open)) {
        if (entry.phase == Phase.WAITING && !entry.started && entry.link.received() > entry.seen) {
          entry.started = true;
          entry.since = now;
        }
        long age = now - entry.since;
        boolean tooLong =
            entry.phase != Phase.WAITING
                && now - entry.requestSince > bounds.times().request().toNanos()
                && !entry.link.isStreaming();
        switch (entry.phase) {
          case WAITING -> {
            if (entry.isIdle() && age > bounds.times().idle().toNanos()) {
              idle.add(entry);
            } else if (!entry.isIdle() && age > bounds.times().headers().toNanos()) {
              slow.add(entry);
            }
          }
          case RECEIVING -> {
            long limit = bounds.times().body().toNanos();
            if (age > limit + GRACE || tooLong) {
              slow.add(entry);
            } else if (age > limit && !entry.refused) {
              entry.refused = true;
              bodiesTooSlow.add(entry);
            }
          }
          case HANDLING -> {
            if (tooLong) {
              slow.add(entry);
            }
          }
          case UPGRADED -> {}
        }
      }
      slow.forEach(this::remove);
      idle.forEach(this::remove);
    }
    idle.forEach(entry -> entry.link.close());
    for (Entry entry : slow) {
      refusals.add(Refusal.TOO_SLOW);
      if (entry.phase == Phase.WAITING) {
        entry.link.refuse(Refusal.TOO_SLOW);
      } else {
        entry.link.close();
      }
    }
    for (Entry entry : bodiesTooSlow) {
      refusals.add(Refusal.TOO_SLOW);
      Body body = entry.body;
      if (body != null) {
        body.refuse(Refusal.TOO_SLOW);
      }
    }
  }

  /** How many connections are open. */
  synchronized int count() {
    return open.size();
  }

  /** How many connections were open at most. */
  synchronized int most() {
    return most;
  }

  /** How many requests are being received or handled; what was upgraded is none. */
  synchronized long requests() {
    return open.stream()
        .filter(entry -> entry.phase == Phase.RECEIVING || entry.phase == Phase.HANDLING)
        .count();
  }

  /** Bytes of all bodies that are being received or handled. */
  synchronized long bodyBytes() {
    return bodies;
  }

  /** Closes all that are open. */
  void closeAll() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(open);
      all.forEach(this::remove);
    }
    all.forEach(entry -> entry.link.close());
  }
}
