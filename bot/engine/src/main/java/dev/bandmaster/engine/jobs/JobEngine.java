package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where jobs are advanced. Whatever happens to a job is handed in here by any thread; one thread
 * takes all that has happened, advances the jobs, and commits once. So nobody waits for a lock, and
 * the more happens the more goes into one commit.
 */
public final class JobEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);

  /** The longest sleep between two rounds: deadlines and redraws are at most this much late. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** Handed in and taken into one round at most; each is up to 500 replies. */
  private static final int ROUND = 200;

  private final Store store;
  private final RecheckRunner clearance;
  private final JobLoop jobs;
  private final InstantSource clock;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofVirtual().name("job-engine").unstarted(this::run);
  private volatile boolean running = true;

  /**
   * Makes an engine; {@link #start} begins.
   *
   * @param conditions what keeps queued jobs from beginning
   * @param redraw the shortest time between two drawings of one job
   */
  public JobEngine(
      Store store,
      StartConditions conditions,
      JobNotifier report,
      Duration redraw,
      InstantSource clock) {
    this(store, conditions, report, redraw, JobStep::of, clock);
  }

  JobEngine(
      Store store,
      StartConditions conditions,
      JobNotifier report,
      Duration redraw,
      JobStep.Machine machine,
      InstantSource clock) {
    this.store = store;
    this.clearance = new RecheckRunner(clock);
    this.jobs =
        new JobLoop(
            store,
            new StartDecision(store, conditions, clearance),
            report,
            new Redraws(redraw),
            machine,
            new JobFaults(clock));
    this.clock = clock;
  }

  /** Something handed in. */
  sealed interface Arrival {
    /** Completed when it is committed, or with the reason why it is not. */
    CompletableFuture<Void> done();

    /** Something happened to a job. */
    record Happened(String job, JobEvent event, CompletableFuture<Void> done) implements Arrival {}

    /** Nodes said something, and this backend brought it. */
    record Replied(String lease, String by, List<TargetReport> batch, CompletableFuture<Void> done)
        implements Arrival {}

    /** A job was opened under a lease. */
    record Opened(Lease lease, Job job, CompletableFuture<Void> done) implements Arrival {}

    /** A lease is held from now on, with all its jobs. */
    record TakenUp(Lease lease, CompletableFuture<Void> done) implements Arrival {}

    /** A lease is not held any more. */
    record LetGo(String lease, CompletableFuture<Void> done) implements Arrival {}

    /** Somebody wants something of a job. */
    record Woken(CompletableFuture<Void> done) implements Arrival {}
  }

  /** Has waves sent by this; to be called before anything else. */
  void sendBy(WaveSender sender) {
    jobs.sendBy(sender);
  }

  /** Has approved jobs looked at by this before they begin; without it none begins. */
  void lookBy(Recheck look) {
    clearance.by(look, () -> enqueue(new Arrival.Woken(new CompletableFuture<>())));
  }

  /**
   * Begins to advance jobs.
   *
   * @param recheck checks approved jobs again before they begin
   * @param ends receives the end of each job
   */
  public void start(WaveSender sender, Recheck recheck, JobEndListener ends) {
    sendBy(sender);
    lookBy(recheck);
    noticeEnds(ends);
    store.onOrder(() -> enqueue(new Arrival.Woken(new CompletableFuture<>())));
    thread.start();
  }

  /** Counts answers of these alone; to be called before the start. Without it, of named nodes. */
  public void countAnswersOf(Respondents respondents) {
    jobs.countAnswersOf(respondents);
  }

  /** Has the end of each job noticed by this; to be called before the start. */
  void noticeEnds(JobEndListener ends) {
    jobs.noticeEnds(ends);
  }

  /** Says what happened to a job; completed when it is committed. */
  public CompletableFuture<Void> happened(String job, JobEvent event) {
    return hand(new Arrival.Happened(job, event, new CompletableFuture<>()));
  }

  /** Hands in replies of a lease, whoever brought them; completed when they are committed. */
  public CompletableFuture<Void> replied(String lease, List<TargetReport> batch) {
    return replied(lease, "", batch);
  }

  /**
   * Hands in replies of a lease; completed when they are committed.
   *
   * @param by the backend that brought them
   */
  public CompletableFuture<Void> replied(String lease, String by, List<TargetReport> batch) {
    return hand(new Arrival.Replied(lease, by, batch, new CompletableFuture<>()));
  }

  /** Keeps an eye on a job whose opening is committed. */
  public void opened(Lease lease, Job job) {
    enqueue(new Arrival.Opened(lease, job, new CompletableFuture<>()));
  }

  /** Takes up all jobs of a lease; completed when they are in hand. */
  public CompletableFuture<Void> takeUp(Lease lease) {
    return hand(new Arrival.TakenUp(lease, new CompletableFuture<>()));
  }

  /** Forgets the jobs of a lease that another process holds now. */
  public void letGo(String lease) {
    enqueue(new Arrival.LetGo(lease, new CompletableFuture<>()));
  }

  private CompletableFuture<Void> hand(Arrival arrival) {
    enqueue(arrival);
    return arrival.done();
  }

  private void enqueue(Arrival arrival) {
    arrivals.add(arrival);
    if (!running) {
      arrival.done().completeExceptionally(stopping());
    }
  }

  /** The jobs in hand that have not ended. */
  public Collection<Job> running() {
    return jobs.all();
  }

  /** The newest state of a job, in hand or not. */
  public Optional<Job> find(String id) {
    return jobs.find(id).or(() -> store.jobs().find(id));
  }

  /** Whether a wave of a job in hand is still to be sent. */
  public boolean isToBeSent(String job, String request) {
    return jobs.isToBeSent(job, request);
  }

  private void run() {
    while (running) {
      try {
        Arrival first = arrivals.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        List<Arrival> batch = new ArrayList<>();
        if (first != null) {
          batch.add(first);
        }
        round(batch);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Takes in what has been handed in so far, and what time has brought. For the thread, and tests.
   */
  void round(List<Arrival> batch) {
    arrivals.drainTo(batch, ROUND);
    Instant now = clock.instant();
    try {
      jobs.round(batch, now);
    } catch (StoreUnavailable | LeaseLost e) {
      LOG.warn("Cannot advance jobs: {}", e.getMessage());
      batch.forEach(arrival -> arrival.done().completeExceptionally(e));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("Failed to advance jobs", e);
      batch.forEach(arrival -> arrival.done().completeExceptionally(e));
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
    arrivals.forEach(arrival -> arrival.done().completeExceptionally(stopping()));
  }

  private static StoreUnavailable stopping() {
    return new StoreUnavailable("the bot is stopping");
  }
}
