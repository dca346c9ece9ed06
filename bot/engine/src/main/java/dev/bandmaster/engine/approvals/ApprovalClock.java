package dev.bandmaster.engine.approvals;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalMachine.Advanced;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what time does to requests for approval: they expire, they lapse, people are reminded. What
 * is due is in the store, and each request is moved on by compare-and-set; so it does not matter
 * how many replicas look at the same time, or whether nobody looked for a while. Nothing waits for
 * this clock to count: a vote after the time is too late whether it was noted or not.
 */
public final class ApprovalClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApprovalClock.class);

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Requests in one round; the others are next. */
  private static final int ROUND = 50;

  private final Store store;
  private final StartConditions conditions;
  private final ApprovalNotifier notifier;
  private final InstantSource clock;
  private final ItemGuard<String> guard;
  private final Ticker ticker = new Ticker("approvals", TICK, this::look);

  /**
   * Makes a clock; {@link #start} begins.
   *
   * @param conditions what keeps approved jobs from beginning; shown to the requester
   */
  public ApprovalClock(
      Store store, StartConditions conditions, ApprovalNotifier notifier, InstantSource clock) {
    this.store = store;
    this.conditions = conditions;
    this.notifier = notifier;
    this.clock = clock;
    this.guard =
        ItemGuard.logging(LOG, "Approval request", clock, StoreUnavailable.class::isInstance);
  }

  public void start() {
    ticker.start();
  }

  /** Notes what is due. */
  public void look() {
    try {
      Instant now = clock.instant();
      // Those that fail stay due; there is room for as many others.
      for (Approval approval : store.approvals().due(now, ROUND + guard.failing())) {
        guard.run(approval.id(), () -> timePassed(approval, now));
      }
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot read approval requests: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Failed to process approval requests", e);
    }
  }

  private void timePassed(Approval approval, Instant now) {
    Advanced advanced =
        ApprovalMachine.apply(approval, new ApprovalEvent.TimePassed(obstacle(approval)), now);
    List<Change> changes = new ArrayList<>(notifier.of(approval, advanced, now));
    if (changes.isEmpty()) {
      return;
    }
    if (advanced.state().status() != approval.state().status()) {
      changes.add(new Change.AppendAudit(audit(approval, advanced, now)));
    }
    try {
      store.commit(changes);
    } catch (StoreConflict e) {
      LOG.debug("The approval of job {} was already advanced", approval.number());
    }
  }

  /** What has kept it from beginning, if it was to begin. */
  private Optional<String> obstacle(Approval approval) {
    return approval.state().status() == ApprovalStatus.APPROVED && !approval.isHeld()
        ? store
            .jobs()
            .find(approval.job())
            .flatMap(conditions::against)
            .map(StartConditions.Wait::fact)
        : Optional.empty();
  }

  /** Time has no name; the line is about the requester. */
  private static AuditEntry audit(Approval approval, Advanced advanced, Instant now) {
    String state = AuditEntry.More.nameOf(advanced.state().status());
    return new AuditEntry(
        now,
        approval.requester().principal(),
        approval.place().channel(),
        approval.canonical(),
        approval.right().permission(),
        approval.right().environment(),
        approval.right().application(),
        Long.toString(approval.number()),
        state.toLowerCase(Locale.ROOT),
        advanced.state().note(),
        String.join(",", approval.snapshot().rules()),
        approval.snapshot().policy(),
        new AuditEntry.More(approval.requesterName(), "", "", approval.digest(), state, "", false));
  }

  @Override
  public void close() {
    ticker.close();
  }
}
