package dev.bandmaster.engine.runbooks;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.runbook.RunbookMachine;
import dev.bandmaster.core.runbook.RunbookMachine.Fate;
import dev.bandmaster.core.runbook.RunbookMachine.JobView;
import dev.bandmaster.core.runbook.RunbookMachine.Turn;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.engine.view.JobText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings runs of runbooks forward. All that it knows is stored: which replica looks does not
 * matter, and a run goes on after a restart where it was. A step's command is put into the inbox in
 * the commit that says that it is asked, under a key of its own, so it is asked once; from there it
 * goes the way of every command.
 */
public final class RunbookRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunbookRunner.class);

  /** How long a step that is over waits for the next one, at most. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Store store;
  private final Asking asking;
  private final InstantSource clock;
  private final ItemGuard<Long> guard;
  private final Ticker ticker = new Ticker("runbooks", TICK, this::look);

  /** Writes a step's command down as an inbox item, and has it handled. */
  public interface Asking {
    /** What the inbox keeps of it. */
    Change.AcceptDelivery asked(RunbookRun run, RunbookMachine.Send send);

    /** Something was put into the inbox. */
    void wake();
  }

  public RunbookRunner(Store store, Asking asking, InstantSource clock) {
    this.store = store;
    this.asking = asking;
    this.clock = clock;
    this.guard = ItemGuard.logging(LOG, "Runbook run", clock, StoreUnavailable.class::isInstance);
  }

  public void start() {
    ticker.start();
  }

  /** Brings each run as far as it gets now. */
  void look() {
    AtomicBoolean asked = new AtomicBoolean();
    try {
      for (RunbookRun run : store.runbooks().active()) {
        guard.run(
            run.number(),
            () -> {
              if (goOn(run)) {
                asked.set(true);
              }
            });
      }
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot read the runs of runbooks: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Failed to process the runs of runbooks", e);
    } finally {
      if (asked.get()) {
        asking.wake();
      }
    }
  }

  private boolean goOn(RunbookRun run) {
    Instant now = clock.instant();
    Turn turn = RunbookMachine.advance(run, new Known(), now);
    if (turn.run().equals(run)) {
      return false;
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.UpdateRunbookRun(turn.run()));
    turn.send().ifPresent(send -> changes.add(asking.asked(turn.run(), send)));
    changes.addAll(RunbookNotifier.changes(Optional.of(run), turn.run()));
    try {
      store.commit(changes);
      return turn.send().isPresent();
    } catch (StoreConflict e) {
      LOG.debug("Run {} was changed meanwhile", run.number());
      return false;
    }
  }

  /** What is stored. */
  private final class Known implements RunbookMachine.World {
    @Override
    public Optional<Fate> fate(String key) {
      return RunbookItem.fate(store.inbox().progress(key));
    }

    @Override
    public JobView job(long number) {
      Optional<Job> job = store.jobs().byNumber(number);
      if (job.isEmpty()) {
        return new JobView(true, false, "its job is no longer kept");
      }
      JobStatus status = job.get().state().status();
      return new JobView(status.isFinal(), status == JobStatus.SUCCEEDED, JobText.of(status));
    }
  }

  @Override
  public void close() {
    ticker.close();
  }
}
