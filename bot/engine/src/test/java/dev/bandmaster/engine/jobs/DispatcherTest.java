package dev.bandmaster.engine.jobs;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.store.TestStore;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DispatcherTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final SettableClock clock = new SettableClock(NOON);
  private final InMemoryBackend backend = InMemoryBackend.like(clock);
  private final JobNotifier report =
      new JobNotifier(
          new JobRenderer(name -> Presenter.PLAIN),
          store.jobs(),
          new ApprovalLookup(
              store.approvals(), job -> Optional.empty(), subject -> Optional.empty()));
  private final JobEngine engine =
      new JobEngine(
          store, TestStartConditions.of(store, clock), report, Duration.ofSeconds(2), clock);
  private final Dispatcher dispatcher =
      new Dispatcher(Backends.of(backend), engine, Set::of, job -> List.of(), clock, new Random(1));
  private final Lease lease =
      store.leases().take("bot-1", "one", Duration.ofMinutes(1), true).orElseThrow();

  @BeforeEach
  void start() {
    engine.start(
        dispatcher,
        (approval, job) -> new Recheck.Result.Unsure("Nothing is approved here."),
        JobEndListener.UNNOTICED);
    engine.takeUp(lease).join();
  }

  @AfterEach
  void stop() {
    dispatcher.close();
    engine.close();
  }

  private Job dispatch(Job job) {
    store.commit(new Change.CreateJob(job, lease.name()));
    engine.opened(lease, job);
    return job;
  }

  private JobState state(Job job) {
    return engine.find(job.id()).orElseThrow().state();
  }

  private void until(Job job, JobStatus status) throws InterruptedException {
    Await.until("job is " + status, () -> state(job).status() == status);
  }

  @Test
  void aWaveGoesToTheBackendOfItsJobUnderItsLease() throws InterruptedException {
    Job job = dispatch(SampleJobs.deploy(81, THREAD, List.of("web1", "web2")));
    until(job, JobStatus.RUNNING);
    WaveDispatch sent = backend.dispatched().getFirst();
    assertThat(sent.wave().request()).isEqualTo(job.id());
    assertThat(sent.wave().nodes()).containsExactly("web1", "web2");
    assertThat(sent.job().work()).isEqualTo(job.work());
    assertThat(sent.lease()).isEqualTo("bot-1");
  }

  @Test
  void aJobWhoseBackendIsGoneEndsWithASentence() throws InterruptedException {
    Job like = SampleJobs.deploy(81, THREAD, List.of("web1", "web2"));
    Job job = dispatch(SampleJobs.by("elsewhere", like));
    until(job, JobStatus.FAILED);
    assertThat(state(job).note()).contains("'elsewhere'").contains("no longer configured");
  }

  @Test
  void whatMayHaveArrivedIsNotSentAgainWhereItWouldRunTwice() throws InterruptedException {
    var once =
        new InMemoryBackend(
            "once", new Capabilities(false, false, false, false, false, false), clock);
    once.answers(new DispatchResult.Unknown("the connection broke"));
    try (Dispatcher careful =
        new Dispatcher(
            Backends.of(once), engine, Set::of, job -> List.of(), clock, new Random(1))) {
      engine.sendBy(careful);
      Job job = dispatch(SampleJobs.by("once", SampleJobs.ping(84, "web1")));
      until(job, JobStatus.RUNNING);
      assertThat(once.dispatched()).hasSize(1);
    }
  }

  @Test
  void backendX4_aWaveThatAnEarlierProcessMayHaveSentIsNotSentByTheNext()
      throws InterruptedException {
    var once =
        new InMemoryBackend(
            "once", new Capabilities(false, false, false, false, false, false), clock);
    try (Dispatcher careful =
        new Dispatcher(Backends.of(once), engine, Set::of, _ -> List.of(), clock, new Random(1))) {
      engine.sendBy(careful);
      Job job = SampleJobs.by("once", SampleJobs.ping(86, "web1"));
      assertThat(job.state().waves().getFirst().phase()).isEqualTo(Wave.Phase.SENDING);
      store.commit(new Change.CreateJob(job, lease.name()));

      engine.takeUp(lease).join();

      Await.until("its end is asked for", () -> once.uncertain().contains(job.id()));
      until(job, JobStatus.RUNNING);
      assertThat(once.dispatched()).isEmpty();
    }
  }

  @Test
  void backendX4_whatMayRunIsReportedByTheBackend() throws InterruptedException {
    var once =
        new InMemoryBackend(
            "once", new Capabilities(false, false, false, false, false, false), clock);
    once.answers(new DispatchResult.Unknown("the connection broke"));
    try (Dispatcher careful =
        new Dispatcher(Backends.of(once), engine, Set::of, _ -> List.of(), clock, new Random(1))) {
      engine.sendBy(careful);
      Job job = dispatch(SampleJobs.by("once", SampleJobs.ping(87, "web1")));
      Await.until("its end is asked for", () -> once.uncertain().contains(job.id()));
      assertThat(once.dispatched()).hasSize(1);

      engine.takeUp(lease).join();

      Await.until("and again after a takeover", () -> once.uncertain().size() == 2);
      assertThat(once.dispatched()).hasSize(1);
    }
  }

  @Test
  void runnerY2_whoWasChosenIsStoredFirstAndGetsTheWaveAgainAfterDoubt()
      throws InterruptedException {
    var choosing =
        new InMemoryBackend(
            "choosing", new Capabilities(false, true, true, false, false, true), clock);
    choosing.chooses("r1", "r2", "r3");
    choosing.answers(
        new DispatchResult.NotSent("the broker is away"),
        new DispatchResult.Unknown("the connection broke"));
    try (Dispatcher careful =
        new Dispatcher(
            Backends.of(choosing), engine, Set::of, _ -> List.of(), clock, new Random(1))) {
      engine.sendBy(careful);
      Job job = dispatch(SampleJobs.by("choosing", SampleJobs.ping(88, "web1")));
      until(job, JobStatus.RUNNING);
      assertThat(choosing.dispatched())
          .extracting(sent -> sent.wave().handle())
          .containsExactly(Optional.of("r1"), Optional.of("r1"), Optional.of("r1"));
      assertThat(state(job).waves().getFirst().handle()).contains("r1");
    }
  }

  @Test
  void runnerY2_theNextProcessAsksWhoWasChosenByTheLast() throws InterruptedException {
    var choosing =
        new InMemoryBackend(
            "choosing", new Capabilities(false, true, true, false, false, true), clock);
    choosing.chooses("r2");
    try (Dispatcher careful =
        new Dispatcher(
            Backends.of(choosing), engine, Set::of, _ -> List.of(), clock, new Random(1))) {
      engine.sendBy(careful);
      Job sample = SampleJobs.by("choosing", SampleJobs.ping(89, "web1"));
      Job job = SampleJobs.after(sample, NOON, new JobEvent.Assigned(sample.id(), "r1"));
      store.commit(new Change.CreateJob(job, lease.name()));

      engine.takeUp(lease).join();

      until(job, JobStatus.RUNNING);
      assertThat(choosing.dispatched())
          .extracting(sent -> sent.wave().handle())
          .containsExactly(Optional.of("r1"));
    }
  }

  @Test
  void theHandleOfAWaveIsKeptAndResumedAfterATakeover() throws InterruptedException {
    backend.answers(new DispatchResult.Sent(List.of(), Optional.of("job-4711")));
    Job job = dispatch(SampleJobs.ping(85, "web1"));
    until(job, JobStatus.RUNNING);
    assertThat(state(job).waves().getFirst().handle()).contains("job-4711");
    engine.takeUp(lease).join();
    Await.until("it is resumed", () -> backend.resumed().contains("job-4711"));
  }

  @Test
  void trap10_aCommandThatNobodyListensForEndsAtOnce() throws InterruptedException {
    backend.answers(new DispatchResult.Unroutable("Nobody listens for web in staging."));
    Job job = dispatch(SampleJobs.deploy(81, THREAD, List.of("web1", "web2")));
    until(job, JobStatus.FAILED);
    assertThat(state(job).note()).isEqualTo("Nobody listens for web in staging.");
    assertThat(state(job).count(NodeStatus.UNROUTABLE)).isEqualTo(2);
  }

  @Test
  void trap10_theNodesThatNobodyListensForAreNamedAtOnce() throws InterruptedException {
    backend.answers(new DispatchResult.Sent(List.of("web2"), Optional.empty()));
    Job job = dispatch(SampleJobs.deploy(81, THREAD, List.of("web1", "web2")));
    until(job, JobStatus.RUNNING);
    assertThat(outcome(state(job), "web2").status()).isEqualTo(NodeStatus.UNROUTABLE);
    assertThat(outcome(state(job), "web1").status()).isEqualTo(NodeStatus.WAITING);
  }

  @Test
  void reliabilityR4_afterDoubtTheSameIdIsSentAgain() throws InterruptedException {
    backend.answers(
        new DispatchResult.NotSent("no connection"),
        new DispatchResult.Unknown("the connection broke"));
    Job job = dispatch(SampleJobs.ping(82, "web1"));
    Await.until("it waits", () -> state(job).note().endsWith("Trying again until the deadline."));
    until(job, JobStatus.RUNNING);
    assertThat(backend.dispatched())
        .hasSize(3)
        .extracting(sent -> sent.wave().request())
        .containsOnly(job.id());
    assertThat(state(job).note()).isEmpty();
  }

  @Test
  void reliabilityR8_afterTheDeadlineNothingIsSentAnyMore() throws InterruptedException {
    clock.advance(Duration.ofMinutes(2));
    Job job = dispatch(SampleJobs.ping(83, "web1"));
    until(job, JobStatus.TIMED_OUT);
    assertThat(backend.dispatched()).isEmpty();
  }

  @Test
  void isolation_aWaveThatCanNeverBeSentStopsNoOther() throws InterruptedException {
    Job broken = SampleJobs.ping(84, "web1");
    Predicate<WaveDispatch> isBroken = sent -> sent.wave().request().equals(broken.id());
    backend.failsFor(isBroken);
    dispatch(broken);
    Await.until("it says so", () -> state(broken).note().startsWith("Internal error"));
    Job other = dispatch(SampleJobs.ping(85, "web2"));
    until(other, JobStatus.RUNNING);
    Await.until(
        "it is tried again", () -> backend.dispatched().stream().filter(isBroken).count() > 1);
    clock.advance(Duration.ofMinutes(2));
    until(broken, JobStatus.TIMED_OUT);
    backend.failsFor(sent -> false);
  }

  @Test
  void isolation_aWaveThatIsSentAgainWhileItsSendingEndsIsSent() throws InterruptedException {
    backend.answers(new DispatchResult.NotSent("no connection"));
    Job job = SampleJobs.ping(86, "web1");
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Dispatcher> itself = new AtomicReference<>();
    // At its second look the sending finds its deadline over; before it has ended, the job is
    // taken up and its wave is to be sent with a later one.
    InstantSource late =
        () -> {
          boolean isLook = backend.dispatched().size() == 1 && over.compareAndSet(false, true);
          if (isLook) {
            Wave wave = state(job).waves().getFirst();
            itself.get().send(lease.name(), job, wave);
            return wave.deadline().orElseThrow();
          }
          return clock.instant();
        };
    try (Dispatcher racing =
        new Dispatcher(
            Backends.of(backend), engine, Set::of, asked -> List.of(), late, new Random(1))) {
      itself.set(racing);
      engine.sendBy(racing);
      dispatch(job);
      until(job, JobStatus.RUNNING);
      assertThat(backend.dispatched())
          .extracting(sent -> sent.wave().request())
          .containsExactly(job.id(), job.id());
    }
  }
}
