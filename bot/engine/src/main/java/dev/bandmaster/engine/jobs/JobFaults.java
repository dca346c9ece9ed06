package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.OnceLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes wrong with single jobs. A fault is reported once and holds up its own job only: that
 * job is retried with growing pauses, what nodes say to it meanwhile is kept in memory, and its
 * deadline ends it. Used by the job thread alone.
 */
final class JobFaults {
  private static final Logger LOG = LoggerFactory.getLogger(JobFaults.class);

  /** What people read in the message of a job that cannot go on. */
  static final String CANNOT_GO_ON =
      "Internal error: this job cannot go on. Retrying until its deadline; the bot's log has the"
          + " details.";

  /** What people read in the message of a job that cannot be checked. */
  static final String CANNOT_START =
      "Internal error: whether this job may start cannot be checked. Retrying; the bot's log has"
          + " the details.";

  /** What people read in the message of a job that was ended because of a fault. */
  static final String ENDED =
      "Internal error: the bot ended this job because it could not go on with it. Check its nodes;"
          + " the bot's log has the details.";

  /** Failures in a row after which people see it: one or two may pass by themselves. */
  static final int SHOWN_AFTER = 3;

  /** Events that are kept for one job while it is not tried; more of them are dropped. */
  private static final int MOST_KEPT = 2_000;

  private final InstantSource clock;
  private final ItemGuard<Work> guard;
  private final OnceLog once = new OnceLog(LOG);
  private final Map<Work, Instant> since = new HashMap<>();
  private final Map<String, List<JobEvent>> kept = new HashMap<>();

  /** The parts of the work on a job that fail and are retried apart from each other. */
  enum Part {
    /** What happened to it, and what time brings. */
    ADVANCE,
    /** Whether it may start. */
    START,
    /** Its message. */
    DRAW,
    /** Taking it from the store. */
    LOAD,
    /** What people want of the jobs of a replica. */
    ORDERS,
    /** Handing its waves to the dispatcher. */
    SEND
  }

  /** One part of the work on one item. */
  private record Work(String item, Part part) {
    @Override
    public String toString() {
      return item + " (" + part.name().toLowerCase(Locale.ROOT) + ")";
    }
  }

  JobFaults(InstantSource clock) {
    this.clock = clock;
    this.guard = ItemGuard.logging(LOG, "Job", clock, JobFaults::isGeneral);
  }

  /** Whether a fault concerns every job. */
  private static boolean isGeneral(Throwable fault) {
    return fault instanceof StoreUnavailable || fault instanceof LeaseLost;
  }

  /** Runs work on one item; what it throws is returned unless it concerns every job. */
  static Optional<Throwable> attempt(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      if (isGeneral(e)) {
        throw e;
      }
      return Optional.of(e);
    } catch (StackOverflowError | LinkageError e) {
      return Optional.of(e);
    }
  }

  /** Logs a fault that needs no retry. */
  void report(String what, Throwable fault) {
    once.error(what, fault);
  }

  // --- Retrying ---

  boolean isSkipped(Part part, String item) {
    return guard.isSkipped(new Work(item, part));
  }

  /** Notes a failure; says how many there were in a row. */
  int failed(Part part, String item, Throwable fault) {
    Work work = new Work(item, part);
    since.putIfAbsent(work, clock.instant());
    // A second failure in the same round is no further try.
    if (!guard.isSkipped(work)) {
      guard.failed(work, fault);
    }
    return guard.failure(work).map(ItemGuard.Failure::times).orElse(1);
  }

  void succeeded(Part part, String item) {
    Work work = new Work(item, part);
    if (since.remove(work) != null) {
      guard.succeeded(work);
    }
  }

  /** Runs work on an item unless it is being skipped, and notes how it ended. */
  void run(Part part, String item, Runnable work) {
    if (isSkipped(part, item)) {
      return;
    }
    attempt(work).ifPresentOrElse(fault -> failed(part, item, fault), () -> succeeded(part, item));
  }

  /**
   * Whether a job that fails has no time left: the deadlines of its waves are over, or, before its
   * first wave, it has failed for as long as its nodes would have had.
   */
  boolean isOver(Part part, Job job, Instant now) {
    Instant failing = since.getOrDefault(new Work(job.id(), part), now);
    Instant end =
        job.state().waves().stream()
            .filter(
                wave -> wave.phase() == Wave.Phase.SENDING || wave.phase() == Wave.Phase.RUNNING)
            .flatMap(wave -> wave.deadline().stream())
            .max(Instant::compareTo)
            .orElseGet(() -> failing.plus(job.patience()));
    return !now.isBefore(end);
  }

  // --- What is kept for jobs that are not tried now ---

  /** Keeps events of a job that cannot be applied now; orders stay in the store. */
  void keep(String job, List<JobEvent> events) {
    List<JobEvent> all = kept.computeIfAbsent(job, fresh -> new ArrayList<>());
    for (JobEvent event : events) {
      boolean comesAgain = event instanceof JobEvent.Order || event instanceof JobEvent.TimePassed;
      if (!comesAgain && all.size() < MOST_KEPT) {
        all.add(event);
      }
    }
    if (all.isEmpty()) {
      kept.remove(job);
    }
  }

  /** Takes what was kept for a job. */
  List<JobEvent> takeKept(String job) {
    List<JobEvent> events = kept.remove(job);
    return events == null ? List.of() : events;
  }

  /** Jobs for which events are kept and that may be tried now. */
  List<String> toRetry() {
    return kept.isEmpty()
        ? List.of()
        : kept.keySet().stream().filter(job -> !isSkipped(Part.ADVANCE, job)).toList();
  }

  /** Forgets a job that is not advanced here any more. */
  void forget(String job) {
    kept.remove(job);
    Set.of(Part.values()).forEach(part -> since.remove(new Work(job, part)));
  }
}
