package dev.bandmaster.engine.jobs;

import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.request;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** One job throws for ever, in one place after the other; the job beside it goes on. */
@Isolated("It counts what the engine logs, and other classes make it log too.")
class JobIsolationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension private final TestStore store = new TestStore();
  private final Faults faults = new Faults();
  private final JobEngineBench bench = new JobEngineBench(store, "one", faults);
  private final JobEngine engine = bench.engine;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.bandmaster.engine");

  /** What fails, for jobs with the number 1. */
  private static final class Faults extends JobEngineBench.Parts {
    private final Set<String> broken = new HashSet<>();
    private Predicate<JobEvent> poison = event -> false;
    private RuntimeException fault = new IllegalStateException("broken for ever");

    private void check(String what, long job) {
      if (job == 1 && broken.contains(what)) {
        throw fault;
      }
    }

    @Override
    JobStep step(Job job, List<? extends JobEvent> events, Instant now) {
      check("advance", job.number());
      if (job.number() == 1 && events.stream().anyMatch(poison)) {
        throw fault;
      }
      return super.step(job, events, now);
    }

    @Override
    Presenter presenter(String command) {
      return new Presenter() {
        @Override
        public String describe(NodeOutcome outcome) {
          if (broken.contains("presenter") && outcome.node().equals("web1")) {
            throw fault;
          }
          if (broken.contains("deep") && outcome.node().equals("web1")) {
            throw new StackOverflowError();
          }
          return PLAIN.describe(outcome);
        }

        @Override
        public List<String> summary(List<NodeOutcome> outcomes) {
          boolean concerned = outcomes.stream().anyMatch(outcome -> outcome.node().equals("web1"));
          if (broken.contains("summary") && concerned) {
            throw new NoClassDefFoundError("com/example/Gone");
          }
          return PLAIN.summary(outcomes);
        }
      };
    }

    @Override
    AuditEntry audit(Job job, Instant now) {
      check("audit", job.number());
      return super.audit(job, now);
    }

    @Override
    void check(Job job) {
      check("start", job.number());
    }

    @Override
    void send(Job job) {
      check("send", job.number());
    }
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  private long errors() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .count();
  }

  private static TargetReport ok(Job job, String node) {
    return reply(job, node, 9, end(FinalCode.OK, "runs 1.4.2"));
  }

  private JobState state(Job job) {
    return engine.find(job.id()).orElseThrow().state();
  }

  private String shown(Job job) {
    return store.wanted(job.messageId()).orElseThrow().toString();
  }

  private void rounds(int count, Duration each) {
    for (int i = 0; i < count; i++) {
      bench.after(each);
    }
  }

  private Job deploy(long number, String... nodes) {
    return bench.open(SampleJobs.deploy(number, THREAD, List.of(nodes)));
  }

  /** Nothing that goes wrong with job 1 keeps this job from its end. */
  private void othersGoOn() {
    Job other = deploy(2, "web2");
    bench.happens(other, new JobEvent.Dispatched(other.id(), List.of()));
    bench.replies(ok(other, "web2"));
    assertThat(state(other).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shown(other)).contains("✅").contains("runs 1.4.2");
  }

  @Test
  void isolation_aJobThatCannotBeAdvancedStopsNoOtherAndEndsAtItsDeadline() {
    Job job = deploy(1, "web1", "web3");
    bench.happens(job, new JobEvent.Dispatched(job.id(), List.of()));
    faults.broken.add("advance");
    bench.replies(ok(job, "web1"));
    othersGoOn();
    rounds(30, SECOND);
    assertThat(shown(job)).contains(JobFaults.CANNOT_GO_ON);
    assertThat(errors()).as("reported once").isEqualTo(1);
    rounds(30, SECOND);
    assertThat(state(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(shown(job)).contains(JobFaults.ENDED).contains("result unknown");
    assertThat(engine.running()).isEmpty();
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void isolation_aReplyAndItsJobThatFailTogetherAreOneCommitForTheOthers() {
    Job job = deploy(1, "web1");
    Job other = deploy(2, "web2");
    faults.broken.add("advance");
    bench.replies(ok(job, "web1"), ok(other, "web2"));
    assertThat(state(other).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(state(job).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void isolation_whatNodesSaidMeanwhileCountsWhenTheFaultIsOver() {
    Job job = deploy(1, "web1", "web3");
    faults.broken.add("advance");
    bench.replies(ok(job, "web1"));
    rounds(10, SECOND);
    bench.replies(ok(job, "web3"));
    assertThat(shown(job)).contains(JobFaults.CANNOT_GO_ON);
    faults.broken.clear();
    rounds(20, SECOND);
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shown(job)).doesNotContain("Internal error");
  }

  @Test
  void isolation_oneEventThatCannotBeAppliedIsLeftOutAndTheOthersCount() {
    Job job = deploy(1, "web1", "web3");
    faults.poison =
        event ->
            event instanceof JobEvent.Replied(TargetReport reply, String _)
                && reply.node().equals("web1");
    bench.replies(ok(job, "web1"), ok(job, "web3"));
    bench.replies(ok(job, "web1"));
    assertThat(SampleJobs.outcome(state(job), "web3").status().isFinal()).isTrue();
    assertThat(SampleJobs.outcome(state(job), "web1").status().isFinal()).isFalse();
    assertThat(errors()).as("reported once").isEqualTo(1);
    othersGoOn();
    bench.after(job.patience());
    assertThat(state(job).status()).isEqualTo(JobStatus.PARTLY_FAILED);
  }

  @Test
  void isolation_aDeadlineThatThrowsEndsTheJobAllTheSame() {
    Job job = deploy(1, "web1");
    bench.happens(job, new JobEvent.Dispatched(job.id(), List.of()));
    faults.poison = JobEvent.TimePassed.class::isInstance;
    bench.after(job.patience());
    assertThat(state(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(shown(job)).contains(JobFaults.ENDED);
    othersGoOn();
    assertThat(errors()).isPositive().isLessThanOrEqualTo(2);
  }

  @Test
  void isolation_anOrderThatThrowsHoldsUpNoOtherOrder() {
    Job job = deploy(1, "web1");
    Job other = deploy(3, "web3");
    faults.poison = JobEvent.Cancel.class::isInstance;
    store.commit(
        new Change.SendJobOrder("order-1", job.id(), new JobEvent.Cancel("Ann", "stop-1")),
        new Change.SendJobOrder("order-2", other.id(), new JobEvent.Cancel("Ann", "stop-2")));
    bench.after(SECOND);
    assertThat(state(other).cancelledBy()).contains("Ann");
    assertThat(state(job).cancelledBy()).isEmpty();
    rounds(10, SECOND);
    assertThat(store.jobs().pendingOrders("bot-1")).isEmpty();
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void isolation_anOrderToAJobThatCannotGoOnWaitsInTheStore() {
    Job job = deploy(1, "web1");
    faults.broken.add("advance");
    bench.happens(job, new JobEvent.Dispatched(job.id(), List.of()));
    store.commit(
        new Change.SendJobOrder("order-1", job.id(), new JobEvent.Cancel("Ann", "stop-1")));
    rounds(5, SECOND);
    assertThat(store.jobs().pendingOrders("bot-1")).hasSize(1);
    faults.broken.clear();
    rounds(10, SECOND);
    assertThat(state(job).cancelledBy()).contains("Ann");
    assertThat(store.jobs().pendingOrders("bot-1")).isEmpty();
  }

  @Test
  void isolation_aQueuedJobThatCannotBeCheckedStopsNoOtherAndEndsInTime() {
    faults.broken.add("start");
    Job job = bench.open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    Job other = bench.open(SampleJobs.rollout(2, Rollout.AT_ONCE, "web2"));
    bench.after(SECOND);
    othersMayStart(other);
    rounds(20, SECOND);
    assertThat(shown(job)).contains(JobFaults.CANNOT_START);
    assertThat(errors()).as("reported once").isEqualTo(1);
    bench.after(job.patience());
    assertThat(state(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(shown(job)).contains(JobFaults.ENDED);
    assertThat(errors()).isEqualTo(1);
  }

  /** The queue is in order: the job behind one that cannot be checked may have to wait for it. */
  private void othersMayStart(Job other) {
    assertThat(state(other).note()).doesNotContain("Internal error");
    Job elsewhere = deploy(3, "web3");
    bench.replies(ok(elsewhere, "web3"));
    assertThat(state(elsewhere).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void isolation_aQueuedJobStartsWhenItCanBeCheckedAgain() {
    faults.broken.add("start");
    Job job = bench.open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    rounds(20, SECOND);
    faults.broken.clear();
    rounds(20, SECOND);
    assertThat(state(job).hasSlot()).isTrue();
    assertThat(state(job).note()).isEmpty();
  }

  static Stream<String> drawings() {
    return Stream.of("presenter", "deep", "summary");
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void isolation_aPresenterThatThrowsIsReportedOnceAndTheAnswersAreShown(String what) {
    faults.broken.add(what);
    Job job = deploy(1, "web1", "web3");
    bench.replies(ok(job, "web3"));
    othersGoOn();
    rounds(10, SECOND.multipliedBy(2));
    bench.replies(ok(job, "web1"));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shown(job)).contains("runs 1.4.2");
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void isolation_aRendererThatThrowsLeavesAPlainMessage() {
    Job healthy = SampleJobs.deploy(1, THREAD, List.of("web1"));
    JobNotifier report =
        new JobNotifier(
            new JobRenderer(name -> Presenter.PLAIN),
            store.jobs(),
            new ApprovalLookup(
                store.approvals(),
                job -> {
                  throw faults.fault;
                },
                subject -> {
                  throw faults.fault;
                }));
    Change change = report.decision(healthy, request(1, wants(need(1, "S0SRE"))));
    assertThat(change.toString()).contains("job 1").contains("cannot be shown in full");
  }

  @Test
  void isolation_anAuditLineThatThrowsDoesNotKeepAJobFromItsEnd() {
    faults.broken.add("audit");
    Job job = deploy(1, "web1");
    bench.replies(ok(job, "web1"));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(store.committed(Change.AppendAudit.class).getLast().entry().reason())
        .contains("Internal error");
    othersGoOn();
  }

  @Test
  void isolation_aTranscriptThatThrowsIsAFileThatSaysSo() {
    faults.broken.add("presenter");
    Job job = deploy(1, "web1");
    bench.replies(
        List.of(
            reply(job, "web1", 1, new ReportBody.Output("stdout", "a line\n".repeat(5_000))),
            ok(job, "web1")));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(store.wanted("file:" + job.id()).orElseThrow().toString())
        .contains("a line")
        .hasSizeGreaterThan(35_000);
  }

  @Test
  void isolation_anAlertOfAnEndThatThrowsDoesNotKeepTheJobFromItsEnd() {
    List<Long> noticed = new ArrayList<>();
    engine.noticeEnds(
        new JobEndListener() {
          @Override
          public List<Change> with(Job job, Instant now) {
            if (job.number() == 1) {
              throw faults.fault;
            }
            return List.of();
          }

          @Override
          public void after(Job job) {
            if (job.number() == 1) {
              throw faults.fault;
            }
            noticed.add(job.number());
          }
        });
    Job job = deploy(1, "web1");
    Job other = deploy(3, "web3");
    bench.replies(ok(job, "web1"), ok(other, "web3"));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(noticed).containsExactly(3L);
    othersGoOn();
  }

  @Test
  void isolation_aWaveThatCannotBeHandedOverIsHandedOverLater() {
    faults.broken.add("send");
    Job job = deploy(1, "web1");
    othersGoOn();
    assertThat(bench.sent).noneMatch(wave -> wave.request().equals(job.id()));
    faults.broken.clear();
    rounds(6, SECOND);
    assertThat(bench.sent).anyMatch(wave -> wave.request().equals(job.id()));
  }

  @Test
  void isolation_aJobThatTheStoreRefusesStopsNoOtherAndIsTriedAgain() {
    Job job = deploy(1, "web1");
    Job other = deploy(2, "web2");
    store.refuse(change ->
        change instanceof Change.UpdateJob advance && advance.job().id().equals(job.id()));
    bench.replies(ok(job, "web1"), ok(other, "web2"));
    assertThat(state(other).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(state(job).status()).isEqualTo(JobStatus.QUEUED);
    rounds(10, SECOND);
    assertThat(errors()).isEqualTo(1);
    store.refuse(change -> false);
    rounds(10, SECOND);
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void isolation_aMessageThatTheStoreRefusesIsDrawnPlainly() {
    Job job = deploy(1, "web1");
    store.refuse(change ->
        change instanceof Change.PostMessage show
            && show.id().equals(job.messageId())
            && show.toString().contains("runs 1.4.2"));
    bench.replies(ok(job, "web1"));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shown(job)).contains("cannot be shown in full");
    othersGoOn();
  }

  @Test
  void isolation_aProgressMessageThatTheStoreRefusesHoldsUpNoOtherMessage() {
    Job job = deploy(1, "web1", "web3");
    Job other = deploy(2, "web2", "web4");
    store.refuse(
        change -> change instanceof Change.PostMessage show && show.id().equals(job.messageId()));
    bench.replies(ok(job, "web1"), ok(other, "web2"));
    rounds(10, SECOND);
    assertThat(shown(other)).contains("1 of 2 nodes done");
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void isolation_afterARestartAJobThatCannotBeReadStopsNoOther() {
    deploy(1, "web1");
    Job other = deploy(2, "web2");
    store.makeUnreadable(1);
    JobEngineBench next = new JobEngineBench(store, "one");
    assertThat(next.engine.running()).extracting(Job::number).containsExactly(2L);
    next.replies(ok(other, "web2"));
    assertThat(next.engine.running()).isEmpty();
  }

  @Test
  void isolation_aCheckBeforeTheStartThatThrowsIsReportedOnce() throws InterruptedException {
    RecheckRunner clearance = new RecheckRunner(bench.clock);
    List<Long> asked = new ArrayList<>();
    clearance.by(
        (approval, job) -> {
          synchronized (asked) {
            asked.add(job.number());
          }
          throw new NoClassDefFoundError("com/example/Gone");
        },
        () -> {});
    Job job = SampleJobs.ping(1, "web1");
    Approval approval = request(1, wants(need(1, "S0SRE")));
    for (int i = 0; i < 3; i++) {
      Instant now = bench.clock.instant();
      Await.until("a result", () -> clearance.of(approval, job, now).isPresent());
      assertThat(clearance.of(approval, job, now)).containsInstanceOf(Recheck.Result.Unsure.class);
      bench.clock.advance(Duration.ofSeconds(6));
    }
    assertThat(asked).hasSize(3);
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void isolation_whatWasCheckedForCancelledRequestsIsForgotten() throws InterruptedException {
    RecheckRunner clearance = new RecheckRunner(bench.clock);
    clearance.by((approval, job) -> new Recheck.Result.Seen(RecheckResult.CLEAR), () -> {});
    for (int i = 0; i < 100; i++) {
      Job job = SampleJobs.ping(i, "web1");
      Approval approval = request(i, wants(need(1, "S0SRE")));
      Await.until("a result", () -> clearance.of(approval, job, bench.clock.instant()).isPresent());
      bench.clock.advance(SECOND.multipliedBy(2));
    }
    assertThat(clearance.size()).isLessThanOrEqualTo(31);
  }
}
