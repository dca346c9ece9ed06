package dev.bandmaster.agent.job;

import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.agent.presence.Announcer;
import dev.bandmaster.agent.process.Cancellation.Reason;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.bus.FaultLog;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.WorkEvent;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs accepted requests, each on a virtual thread of its own, and sees to it that each ends with
 * exactly one final: when the work returns, throws, runs out of time, is cancelled, or does not
 * listen to any of that.
 */
public final class JobRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  /** How often a running job is looked at: a timeout comes at most this much late. */
  private static final long LOOK_MILLIS = 100;

  private final JobSettings settings;
  private final Supervisor supervisor;
  private final Journal journal;
  private final Announcer announcer;
  private final Runnable onEnd;
  private final InstantSource clock;
  private final FaultLog faults = new FaultLog(LOG);
  private final Semaphore slots;
  private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

  /** Requests that were accepted and are to be ended as soon as they begin. */
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("job-watch").factory());

  /**
   * A runner of requests that the journal knows.
   *
   * @param onEnd called when work has ended that may have changed the node
   */
  public JobRunner(
      JobSettings settings,
      Supervisor supervisor,
      Journal journal,
      Announcer announcer,
      Runnable onEnd,
      InstantSource clock) {
    this.settings = settings;
    this.supervisor = supervisor;
    this.journal = journal;
    this.announcer = announcer;
    this.onEnd = onEnd;
    this.clock = clock;
    this.slots = new Semaphore(settings.concurrent(), true);
  }

  /** Begins the work of a request and returns at once. */
  public void start(Request request, ActionDeclaration action, ReplyChannel channel) {
    Duration wanted = Duration.between(clock.instant(), request.deadline());
    Duration time = wanted.compareTo(action.timeout()) < 0 ? wanted : action.timeout();
    RunningJob job = new RunningJob(request, channel, settings.output(), supervisor, time);
    running.put(request.id(), job);
    job.begin(Thread.ofVirtual().name("job-" + request.id()).unstarted(() -> work(job, action)));
    if (cancelled.remove(request.id())) {
      job.end(Reason.REQUESTED);
    }
  }

  /** Cancels a running request; false if none with that id is running. */
  public boolean cancel(String id) {
    RunningJob job = running.get(id);
    if (job != null) {
      job.end(Reason.REQUESTED);
    }
    return job != null;
  }

  /** Cancels a request that the journal has accepted, whether it has started or not. */
  public void cancelAccepted(String id) {
    cancelled.add(id);
    if (cancel(id)) {
      cancelled.remove(id);
    }
  }

  /** How many requests are being run. */
  public int running() {
    return running.size();
  }

  /** Waits this long for running work to end, then cancels it. */
  public void drain(Duration patience) throws InterruptedException {
    awaitNone(patience);
    running.values().forEach(job -> job.end(Reason.SHUTDOWN));
    awaitNone(settings.patience());
  }

  /** Stops looking at jobs; call {@link #drain} before. */
  @Override
  public void close() {
    watch.shutdownNow();
  }

  private void awaitNone(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!running.isEmpty() && System.nanoTime() - end < 0) {
      Thread.sleep(10);
    }
  }

  private void work(RunningJob job, ActionDeclaration action) {
    boolean heavy = action.weight() == Weight.JOB;
    ScheduledFuture<?> look = watch(job, heavy);
    ActionOutcome outcome;
    try {
      outcome = heavy ? inTurn(job, action) : action.handler().run(job);
    } catch (InterruptedException _) {
      outcome = ActionOutcome.stopped(job.cancellation().reason());
    } catch (Throwable e) {
      // Any error, including errors of the virtual machine, is reported to the caller as a
      // failure.
      LOG.error("{}.{} failed", job.asked().capability(), job.asked().action(), e);
      outcome = ActionOutcome.failed("The action failed with an unexpected error: " + words(e));
    }
    look.cancel(false);
    finish(job, heavy, named(job, outcome));
  }

  private ActionOutcome inTurn(RunningJob job, ActionDeclaration action) throws Exception {
    slots.acquire();
    try {
      job.channel().send(new ReportBody.Started());
      publish(job, WorkEvent.Kind.STARTED, "");
      return action.handler().run(job);
    } finally {
      slots.release();
    }
  }

  /** A failure caused by a cancellation is reported as that cancellation. */
  private static ActionOutcome named(RunningJob job, ActionOutcome outcome) {
    if (outcome.code() != FinalCode.FAILED || !job.cancellation().isRequested()) {
      return outcome;
    }
    FinalCode code = ActionOutcome.stopped(job.cancellation().reason()).code();
    return new ActionOutcome(code, outcome.message(), outcome.exit(), outcome.data());
  }

  private ScheduledFuture<?> watch(RunningJob job, boolean heavy) {
    Rhythm heartbeat = new Rhythm(settings.heartbeat());
    Rhythm flush = new Rhythm(settings.flush());
    return watch.scheduleWithFixedDelay(
        () -> {
          // An exception here would end the monitoring of this job.
          attempt(
              "Ending a job in time",
              () -> {
                if (job.overdue()) {
                  job.end(Reason.TIMEOUT);
                }
                if (job.deafFor(settings.patience()) && job.isOpen()) {
                  // Elsewhere: it writes to the disk, and the other jobs' times go on.
                  Thread.ofVirtual()
                      .name("job-given-up")
                      .start(() -> finish(job, heavy, deaf(job)));
                }
              });
          attempt(
              "Sending a job's output",
              () -> {
                if (flush.isDue() && job.isOpen()) {
                  job.jobOutput().flush();
                }
              });
          attempt(
              "Sending a job's heartbeat",
              () -> {
                if (heartbeat.isDue() && job.isOpen()) {
                  job.channel().send(new ReportBody.Heartbeat());
                }
              });
        },
        LOOK_MILLIS,
        LOOK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      faults.failed(what, e);
    }
  }

  private static ActionOutcome deaf(RunningJob job) {
    return ActionOutcome.of(
        ActionOutcome.stopped(job.cancellation().reason()).code(),
        "It was cancelled but did not end. Check the node.");
  }

  private void finish(RunningJob job, boolean heavy, ActionOutcome outcome) {
    if (!job.claimEnd()) {
      return;
    }
    // The interrupt has served its purpose; it must not disturb the final report.
    Thread.interrupted();
    String id = job.request();
    ReportBody.Final end = outcome.asFinal();
    attempt("Sending the last output of a job", job.jobOutput()::finish);
    attempt(
        "Reporting the end of a job",
        () -> {
          if (heavy) {
            write(() -> journal.finish(id, end), id);
            job.channel().send(end, () -> write(() -> journal.reported(id), id));
          } else {
            job.channel().send(end);
          }
        });
    if (heavy) {
      attempt(
          "Announcing the end of a job",
          () -> publish(job, WorkEvent.Kind.FINISHED, end.code() + " " + end.message()));
    }
    running.remove(id);
    if (heavy) {
      attempt("Refreshing the node's description after a job", onEnd);
    }
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }

  private static void write(Write write, String id) {
    try {
      write.run();
    } catch (IOException e) {
      LOG.error("Cannot record the end of request {} in the journal: {}", id, e.getMessage());
    }
  }

  private void publish(RunningJob job, WorkEvent.Kind kind, String summary) {
    String cut = summary.substring(0, Math.min(summary.length(), 3_900));
    announcer.announce(stamp -> new WorkEvent(stamp, job.request(), kind, cut));
  }

  private static String words(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
