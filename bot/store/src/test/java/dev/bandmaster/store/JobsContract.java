package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEffect.Keep;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Interests;
import dev.bandmaster.core.store.Jobs.Line;
import dev.bandmaster.core.store.Jobs.PendingOrder;
import dev.bandmaster.core.store.Jobs.Printed;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store knows of jobs. */
public abstract class JobsContract extends StoreFixture {
  private static final Rollout STEPS =
      new Rollout(
          new Size(1, false), new Size(2, false), Duration.ofMinutes(5), Size.NONE, check());

  private static Optional<Rollout.Check> check() {
    return Optional.of(new Rollout.Check("deploy", "status", Data.Fields.EMPTY));
  }

  private Job open(Job job) {
    store.commit(new Change.CreateJob(job, "bot-1"));
    return job;
  }

  private Job advance(Job job, JobEvent... events) {
    clock.advance(Duration.ofMillis(250));
    JobMachine.Advanced advanced =
        JobMachine.apply(job.state(), job.rules(), List.of(events), clock.instant());
    Job after = job.with(advanced.state());
    List<Keep> printed =
        advanced.effects().stream().filter(Keep.class::isInstance).map(Keep.class::cast).toList();
    store.commit(new Change.UpdateJob(after, after.state().nodes().keySet(), true, printed));
    return after;
  }

  @Test
  void peopleU5_theJobsOfAThreadAreFoundTheNewestFirst() {
    String thread = SampleJobs.THREAD.thread().orElseThrow();
    open(SampleJobs.ping(81, "web1"));
    open(SampleJobs.ping(82, "web1"));
    open(SampleJobs.deploy(83, SampleJobs.THREAD.outsideOfThreads(), List.of("web1")));
    assertThat(store.jobs().inThread("C1", thread, 10))
        .extracting(Job::number)
        .containsExactly(82L, 81L);
    assertThat(store.jobs().inThread("C1", thread, 1)).extracting(Job::number).containsExactly(82L);
    assertThat(store.jobs().inThread("C2", thread, 10)).isEmpty();
    assertThat(store.jobs().inThread("C1", "", 10)).isEmpty();
  }

  @Test
  void peopleU13_whoWantsToKnowIsKept() {
    store.commit(
        new Change.WatchJob("j1", "U1"),
        new Change.WatchJob("j1", "U1"),
        new Change.WatchJob("j1", "U2"),
        new Change.WatchJob("j2", "U1"));
    assertThat(store.jobs().interests().watchers("j1")).containsExactly("U1", "U2");
    store.commit(new Change.JobWatchersTold("j1"));
    assertThat(store.jobs().interests().watchers("j1")).isEmpty();
    assertThat(store.jobs().interests().watchers("j2")).containsExactly("U1");
  }

  @Test
  void peopleU13_subscriptionsAreKeptUntilTheyEnd() {
    long number = store.jobs().interests().nextNumber();
    Interests.Subscription made =
        new Interests.Subscription(number, "C7", "prod", "", "slack:T1:U1", "ann", NOON);
    store.commit(new Change.Subscribe(made));
    assertThat(store.jobs().interests().all()).containsExactly(made);
    assertThat(made.covers("prod", "web")).isTrue();
    assertThat(made.covers("staging", "web")).isFalse();
    assertThat(store.jobs().interests().nextNumber()).isGreaterThan(number);
    store.commit(new Change.Unsubscribe(number));
    assertThat(store.jobs().interests().all()).isEmpty();
    assertThatThrownBy(() -> store.commit(new Change.Unsubscribe(number)))
        .isInstanceOf(StoreConflict.class);
  }

  private static JobEvent ok(String request, String node) {
    return said(request, node, "boot-1", 9, end(FinalCode.OK, "runs"));
  }

  @Test
  void aRolloutIsReadAsItWasWrittenWaveByWave() {
    Job job = open(SampleJobs.rollout(1, STEPS, "web1", "web2", "web3"));
    assertThat(store.jobs().find(job.id())).contains(job);
    job = advance(job, new JobEvent.SlotTaken());
    job = advance(job, new JobEvent.Dispatched(job.id(), List.of()), ok(job.id(), "web1"));
    assertThat(job.state().resumes()).as("it waits and sees").isPresent();
    assertThat(store.jobs().find(job.id())).contains(job);
    clock.advance(Duration.ofMinutes(6));
    job = advance(job, new JobEvent.TimePassed());
    String check = job.state().waves().get(1).request();
    job =
        advance(
            job,
            new JobEvent.Dispatched(check, List.of()),
            said(check, "web1", "boot-1", 10, end(FinalCode.FAILED, "502")));
    assertThat(job.state().status()).isEqualTo(JobStatus.PAUSED);
    assertThat(store.jobs().find(job.id())).contains(job);
    job = advance(job, new JobEvent.RetryFailed("ann", List.of("once-more")));
    assertThat(store.jobs().find(job.id())).contains(job);
    job = advance(job, new JobEvent.Cancel("ann", "stop"));
    assertThat(store.jobs().find(job.id())).contains(job);
    for (String request : List.of(job.id(), check, "once-more", "stop")) {
      assertThat(store.jobs().byRequest(request)).as(request).contains(job);
    }
    assertThat(store.jobs().byRequest("somebody-elses")).isEmpty();
  }

  @Test
  void backendX3_theNameThatStoodForHostsLeavesWhenTheyHaveReported() {
    Planned.Work work =
        Planned.Work.atOnce(
            "codeupdate staging web version=1.4.2",
            "service",
            "update-code",
            Data.Fields.EMPTY,
            new Planned.Reach.ChosenByBackend("web@staging", false),
            Planned.Effect.CHANGES);
    Job job = open(SampleJobs.of(1, work));
    job = advance(job, new JobEvent.Dispatched(job.id(), List.of(), Optional.of("job 4711")));
    assertThat(store.jobs().find(job.id())).contains(job);
    job = advance(job, ok(job.id(), "web1"), ok(job.id(), "web2"), ok(job.id(), "web@staging"));
    assertThat(job.state().nodes().keySet()).containsExactly("web1", "web2");
    assertThat(store.jobs().find(job.id())).contains(job);
    assertThat(store.jobs().recent("", "", 10).getFirst().nodes()).isEqualTo(2);
  }

  @Test
  void aJobIsFoundByItsNumberAndItsLease() {
    Job mine = open(SampleJobs.ping(7, "web1"));
    store.commit(new Change.CreateJob(SampleJobs.ping(8, "web1"), "bot-2"));
    assertThat(store.jobs().byNumber(7)).contains(mine);
    assertThat(store.jobs().byNumber(9)).isEmpty();
    assertThat(store.jobs().unfinishedIds("bot-1")).containsExactly(mine.id());
    assertThat(store.jobs().unfinished("bot-2")).extracting(Job::number).containsExactly(8L);
    advance(mine, ok(mine.id(), "web1"));
    assertThat(store.jobs().unfinishedIds("bot-1")).isEmpty();
  }

  @Test
  void ordersOfAJobWaitForItsLeaseInTheirOrder() {
    AtomicInteger woken = new AtomicInteger();
    store.onOrder(woken::incrementAndGet);
    Job job = open(SampleJobs.rollout(1, STEPS, "web1", "web2"));
    PendingOrder pause = new PendingOrder("t1", job.id(), new JobEvent.Pause("ann"));
    PendingOrder retry =
        new PendingOrder("t2", job.id(), new JobEvent.RetryFailed("ann", List.of("r", "s")));
    PendingOrder cancel = new PendingOrder("t3", job.id(), new JobEvent.Cancel("bob", "c"));
    for (PendingOrder pending : List.of(retry, pause, cancel)) {
      store.commit(new Change.SendJobOrder(pending.id(), pending.job(), pending.order()));
    }
    assertThat(woken).hasValue(3);
    assertThat(store.jobs().pendingOrders("bot-1")).containsExactly(pause, retry, cancel);
    assertThat(store.jobs().pendingOrders("bot-2")).isEmpty();
    store.commit(new Change.OrderDelivered("t1"), new Change.OrderDelivered("t3"));
    assertThat(store.jobs().pendingOrders("bot-1")).containsExactly(retry);
    assertThat(woken).hasValue(3);
  }

  private List<Printed> printed(Job job) {
    List<Printed> all = new ArrayList<>();
    store.jobs().outputs(job.id(), all::add);
    return all;
  }

  private void keep(Job job, JobEffect.Keep... pieces) {
    store.commit(new Change.UpdateJob(job, Set.of(), false, List.of(pieces)));
  }

  @Test
  void outputIsKeptInPiecesAndAPieceThatComesTwiceIsKeptOnce() {
    Job job = open(SampleJobs.ping(1, "web1", "web2"));
    keep(job, new Keep("web2", 0, "two\n"));
    keep(job, new Keep("web1", 0, "one "), new Keep("web1", 4, "and\0more "));
    keep(job, new Keep("web1", 13, "end"), new Keep("web2", 4, "last"));
    keep(job, new Keep("web1", 13, "end"), new Keep("web2", 4, "last"));
    assertThat(store.jobs().output(job.id(), "web1", 100))
        .startsWith("one and")
        .endsWith("more end")
        .hasSize(16);
    assertThat(store.jobs().output(job.id(), "web2", 100)).isEqualTo("two\nlast");
    assertThat(store.jobs().output(job.id(), "web2", 5)).isEqualTo("two\nl");
    assertThat(store.jobs().output(job.id(), "web3", 5)).isEmpty();
    assertThat(printed(job))
        .extracting(Printed::node)
        .containsExactly("web1", "web1", "web2", "web2");
    assertThat(printed(job).stream().map(Printed::text).reduce("", String::concat))
        .hasSize(24)
        .endsWith("two\nlast");
  }

  private Job deploy(long number, String environment, String version, FinalCode end) {
    Job like = SampleJobs.rollout(number, Rollout.AT_ONCE, "web1", "web2");
    Planned.Work work = like.work().on(new Planned.Subject(environment, "web", version));
    Job job =
        open(
            new Job(
                like.id(),
                number,
                like.command(),
                like.right(),
                like.canonical(),
                like.asker(),
                "ann",
                List.of(),
                like.place(),
                Optional.empty(),
                work,
                like.backend(),
                Optional.empty(),
                NOON.plusSeconds(number),
                like.patience(),
                like.state()));
    job = advance(job, new JobEvent.SlotTaken());
    return advance(
        job, ok(job.id(), "web1"), said(job.id(), "web2", "boot-1", 9, end(end, "runs")));
  }

  @Test
  void theListOfJobsHasWhatGoesOnFirstAndTheNewestFirst() {
    deploy(1, "staging", "1.4.1", FinalCode.OK);
    Job running = open(SampleJobs.rollout(2, Rollout.AT_ONCE, "web1", "web2"));
    deploy(3, "prod", "1.4.1", FinalCode.FAILED);
    open(SampleJobs.ping(4, "web1"));
    assertThat(store.jobs().recent("", "", 10))
        .extracting(Line::number)
        .containsExactly(4L, 2L, 3L, 1L);
    assertThat(store.jobs().recent("staging", "", 10))
        .extracting(Line::number)
        .containsExactly(2L, 1L);
    assertThat(store.jobs().recent("", "web", 2)).extracting(Line::number).containsExactly(2L, 3L);
    assertThat(store.jobs().recent("prod", "web", 10))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.status()).isEqualTo(JobStatus.PARTLY_FAILED);
          assertThat(line.nodes()).isEqualTo(2);
          assertThat(line.good()).isEqualTo(1);
          assertThat(line.created()).isEqualTo(NOON.plusSeconds(3));
          assertThat(line.ended()).isPresent();
          assertThat(line.askerName()).isEqualTo("ann");
          assertThat(line.title()).isEqualTo(running.work().title());
        });
    assertThat(store.jobs().recent("moon", "", 10)).isEmpty();
    assertThat(store.jobs().of(running.asker().principal(), 3))
        .extracting(Line::number)
        .containsExactly(4L, 2L, 3L);
    assertThat(store.jobs().of("slack:T1:ann", 10)).isEmpty();
  }

  @Test
  void onlyWhatWentWellEverywhereHasRun() {
    deploy(1, "staging", "1.4.1", FinalCode.OK);
    deploy(2, "staging", "1.4.2", FinalCode.OK);
    deploy(3, "staging", "1.5.0", FinalCode.FAILED);
    deploy(4, "staging", "1.4.1", FinalCode.OK);
    deploy(5, "prod", "1.3.0", FinalCode.OK);
    assertThat(store.jobs().deployed("staging", "web", 10)).containsExactly("1.4.1", "1.4.2");
    assertThat(store.jobs().deployed("staging", "web", 1)).containsExactly("1.4.1");
    assertThat(store.jobs().deployed("staging", "api", 10)).isEmpty();
    assertThat(store.jobs().attempted("staging", "web")).contains("1.4.1");
    assertThat(store.jobs().attempted("moon", "web")).isEmpty();
    assertThat(store.jobs().hasRun("staging", "web", "1.4.2")).isTrue();
    assertThat(store.jobs().hasRun("staging", "web", "1.5.0")).isFalse();
    assertThat(store.jobs().hasRun("staging", "web", "1.3.0")).isFalse();
    assertThat(store.jobs().hasRun("prod", "web", "1.3.0")).isTrue();
  }

  @Test
  void trap20_aJobWithANulByteInItsWordsIsKeptLikeAnyOther() {
    Job like = SampleJobs.ping(1, "web1");
    Planned.Work work =
        Planned.Work.atOnce(
            "adhoc staging web1 command echo \0",
            "adhoc",
            "command",
            like.work().arguments(),
            like.work().reach(),
            Planned.Effect.READ_ONLY);
    open(
        new Job(
            like.id(),
            1,
            "adhoc",
            like.right(),
            work.title(),
            like.asker(),
            "a\0nn",
            List.of(),
            like.place(),
            Optional.empty(),
            work,
            like.backend(),
            Optional.empty(),
            NOON,
            like.patience(),
            like.state()));
    assertThat(store.jobs().byNumber(1)).isPresent();
    assertThat(store.jobs().recent("", "", 1)).hasSize(1);
  }
}
