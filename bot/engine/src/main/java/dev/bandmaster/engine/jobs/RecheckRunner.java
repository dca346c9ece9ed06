package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.clock.OnceLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has approved jobs looked at once more before they begin, in threads of their own: the engine
 * never waits for an answer. Safe for use by many threads.
 */
final class RecheckRunner {
  private static final Logger LOG = LoggerFactory.getLogger(RecheckRunner.class);

  /** How old a look may be when a job begins. */
  private static final Duration YOUNG = Duration.ofSeconds(60);

  /** How soon it is tried again after a look that failed. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final OnceLog once = new OnceLog(LOG);
  private final Map<String, Looked> looked = new ConcurrentHashMap<>();
  private final Set<String> looking = ConcurrentHashMap.newKeySet();
  private volatile Recheck by =
      (approval, job) -> new Recheck.Result.Unsure("The check has not run yet.");
  private volatile Runnable wake = () -> {};

  RecheckRunner(InstantSource clock) {
    this.clock = clock;
  }

  /** A look at a request in this version. */
  private record Looked(long version, Instant at, Recheck.Result result) {
    boolean holds(Approval approval, Instant now) {
      return version == approval.state().version() && !isTooOld(now);
    }

    boolean isTooOld(Instant now) {
      Duration longest = result instanceof Recheck.Result.Seen ? YOUNG : AGAIN;
      return !now.isBefore(at.plus(longest));
    }
  }

  /**
   * Sets who looks.
   *
   * @param onLooked is called after each look, from any thread
   */
  void by(Recheck newLook, Runnable onLooked) {
    by = newLook;
    wake = onLooked;
  }

  /** What a look of less than a minute ago has shown; without one, a look begins. */
  Optional<Recheck.Result> of(Approval approval, Job job, Instant now) {
    Looked last = looked.get(approval.id());
    if (last != null && last.holds(approval, now)) {
      return Optional.of(last.result());
    }
    if (looking.add(approval.id())) {
      Thread.ofVirtual().name("recheck-" + job.number()).start(() -> look(approval, job));
    }
    return Optional.empty();
  }

  void forget(Approval approval) {
    looked.remove(approval.id());
  }

  /** How many results are held; for tests. */
  int size() {
    return looked.size();
  }

  private void look(Approval approval, Job job) {
    Instant begun = clock.instant();
    Recheck.Result result =
        new Recheck.Result.Unsure("Internal error; the bot's log has the details.");
    try {
      result = by.at(approval, job);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      once.error("Job %d could not be rechecked".formatted(job.number()), e);
    } finally {
      // Nobody asks for the result of a request that was cancelled meanwhile.
      looked.values().removeIf(last -> last.isTooOld(begun));
      looked.put(approval.id(), new Looked(approval.state().version(), begun, result));
      looking.remove(approval.id());
      wake.run();
    }
  }
}
