package dev.bandmaster.engine.schedules;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts commands whose time has come into the inbox, and from there they go the way of any other.
 * The schedule is moved on in the same commit, and only by the one that finds it unmoved: of any
 * number of replicas that look at the same time, one does it.
 *
 * <p>What was missed while nobody was there runs once, not once for each time it was missed, and
 * its owner is notified. What was to run once and is more than an hour late does not run at all.
 */
public final class ScheduleClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleClock.class);

  /** The kind under which a scheduled command is in the inbox. */
  public static final String KIND = "scheduled";

  /** How late a scheduled command is as a rule. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** What is later than this was missed while nobody was there, and that is said. */
  private static final Duration NOTABLE = Duration.ofMinutes(1);

  /**
   * Later than this a command that was meant to run once is not run: the person who chose 18:30 did
   * not mean the next morning.
   */
  static final Duration TOO_LATE = Duration.ofHours(1);

  private final Store store;
  private final Asking asking;
  private final BiFunction<String, Instant, Optional<Instant>> next;
  private final InstantSource clock;
  private final ItemGuard<Long> guard;
  private final Ticker ticker = new Ticker("schedules", TICK, this::look);

  /** Writes a schedule down as an inbox item, and has it handled. */
  public interface Asking {
    /** What the inbox keeps of it. */
    Change.AcceptDelivery asked(Schedule schedule);

    /** Something was put into the inbox. */
    void wake();
  }

  /**
   * Makes a clock; {@link #start} begins.
   *
   * @param next when a cron expression comes next after a time
   */
  public ScheduleClock(
      Store store,
      Asking asking,
      BiFunction<String, Instant, Optional<Instant>> next,
      InstantSource clock) {
    this.store = store;
    this.asking = asking;
    this.next = next;
    this.clock = clock;
    this.guard = ItemGuard.logging(LOG, "Schedule", clock, StoreUnavailable.class::isInstance);
  }

  public void start() {
    ticker.start();
  }

  /** Runs what is due. */
  void look() {
    AtomicBoolean ran = new AtomicBoolean();
    try {
      Instant now = clock.instant();
      for (Schedule schedule : store.schedules().all()) {
        if (schedule.due().isAfter(now)) {
          break;
        }
        guard.run(
            schedule.number(),
            () -> {
              if (runs(schedule, now)) {
                ran.set(true);
              }
            });
      }
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot read the schedules: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Failed to process the schedules", e);
    } finally {
      if (ran.get()) {
        asking.wake();
      }
    }
  }

  private boolean runs(Schedule schedule, Instant now) {
    Duration late = Duration.between(schedule.due(), now);
    boolean dropped = schedule.cron().isEmpty() && late.compareTo(TOO_LATE) > 0;
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.AdvanceSchedule(
            schedule, schedule.cron().flatMap(cron -> next.apply(cron, now))));
    if (dropped) {
      changes.add(new Change.AppendAudit(MissedSchedule.audit(schedule, late, now)));
    } else {
      changes.add(asking.asked(schedule));
    }
    if (late.compareTo(NOTABLE) > 0) {
      changes.add(MissedSchedule.notice(schedule, late, dropped));
    }
    try {
      store.commit(changes);
      return !dropped;
    } catch (StoreConflict e) {
      LOG.debug("Another replica runs schedule {}", schedule.number());
      return false;
    }
  }

  @Override
  public void close() {
    ticker.close();
  }
}
