package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.DeployQueue.Obstacle;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps replicas, jobs and people out of each other's way, in every store. */
public abstract class SharingContract extends StoreFixture {
  private static final Duration LEASE = Duration.ofHours(1);

  /** A lease that is over as soon as it begins; the database's clock cannot be set. */
  private static final Duration OVER = Duration.ZERO;

  private static final UserRef BOB = new UserRef("T1", "U2");
  private static final Planned.Subject WEB = new Planned.Subject("staging", "web", "1.4.2");

  @Test
  void storeS5_theDatabaseHasATimeOfItsOwn() {
    assertThat(store.time()).isCloseTo(Instant.now(), within(1, ChronoUnit.DAYS));
  }

  // --- Leases ---

  private Lease take(String name, String holder, Duration duration, boolean home) {
    return store.leases().take(name, holder, duration, home).orElseThrow();
  }

  private static Change show(String id) {
    return new Change.PostMessage(
        id,
        new Outbound.ChannelMessage(THREAD, Message.sentence("done"), false),
        Change.Urgency.NOW);
  }

  @Test
  void storeS5_aLeaseHasOneHolderAndAnEpochThatGrows() {
    Lease first = take("bot-1", "one", LEASE, true);
    assertThat(first).isEqualTo(new Lease("bot-1", "one", 1));
    assertThat(store.leases().take("bot-1", "two", LEASE, true)).isEmpty();
    assertThat(store.leases().take("bot-1", "two", LEASE, false)).isEmpty();
    assertThat(take("bot-1", "one", LEASE, true)).isEqualTo(new Lease("bot-1", "one", 2));
  }

  @Test
  void storeS5_aLeaseThatExpiredOrWasReleasedIsFree() {
    take("bot-1", "one", OVER, true);
    Lease second = take("bot-1", "two", LEASE, false);
    assertThat(second.epoch()).isEqualTo(2);
    store.leases().release(second);
    assertThat(take("bot-1", "three", LEASE, false).epoch()).isEqualTo(3);
  }

  @Test
  void storeS5_aReplicaTakesItsLeaseBackFromAnotherThatHeldItMeanwhile() {
    take("bot-1", "one", OVER, true);
    Lease standIn = take("bot-1", "two", LEASE, false);
    assertThat(store.leases().take("bot-1", "three", LEASE, false)).isEmpty();
    Lease back = take("bot-1", "one-again", LEASE, true);
    assertThat(back.epoch()).isEqualTo(3);
    assertThat(store.leases().renew(standIn, LEASE)).isFalse();
    assertThat(store.leases().renew(back, LEASE)).isTrue();
  }

  @Test
  void storeS5_aLostLeaseIsNeitherRenewedNorReleased() {
    Lease lost = take("bot-1", "one", OVER, true);
    Lease held = take("bot-1", "two", LEASE, false);
    assertThat(store.leases().renew(lost, LEASE)).isFalse();
    store.leases().release(lost);
    assertThat(store.leases().renew(held, LEASE)).isTrue();
  }

  @Test
  void storeS5_anExpiredLeaseThatNobodyTookIsStillHeld() {
    Lease lease = take("bot-1", "one", OVER, true);
    assertThat(store.leases().renew(lease, LEASE)).isTrue();
    store.commit(new Change.Fence(lease), show("answer"));
    assertThat(store.outbox().waiting()).isEqualTo(1);
  }

  @Test
  void reliabilityR6_nothingOfACommitUnderALostLeaseIsKept() {
    Lease lost = take("bot-1", "one", OVER, true);
    store.commit(new Change.Fence(lost), show("before"));
    take("bot-1", "two", LEASE, false);
    List<Change> late = List.of(new Change.Fence(lost), show("after"));
    assertThatThrownBy(() -> store.commit(late))
        .isInstanceOfSatisfying(
            LeaseLost.class, conflict -> assertThat(conflict.lease()).isEqualTo("bot-1"));
    assertThat(store.outbox().waiting()).isEqualTo(1);
    assertThatThrownBy(() -> store.commit(new Change.Fence(new Lease("nobody", "one", 1))))
        .isInstanceOf(LeaseLost.class);
  }

  @Test
  void storeS5_onlyLeasesUnderWhichWorkIsLeftAreAbandoned() {
    take("idle", "one", OVER, true);
    take("busy", "one", OVER, true);
    take("asked", "one", OVER, true);
    take("alive", "two", LEASE, true);
    store.commit(
        new Change.CreateJob(SampleJobs.ping(1, "web1"), "busy"),
        new Change.CreateJob(SampleJobs.ping(2, "web1"), "alive"));
    Inbox.Item item =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "asked"))
            .orElseThrow();
    assertThat(store.leases().abandoned()).containsExactly("asked", "busy");
    store.commit(new Change.MarkHandled(item.id()));
    assertThat(store.leases().abandoned()).containsExactly("busy");
    take("busy", "two", LEASE, false);
    assertThat(store.leases().abandoned()).isEmpty();
  }

  @Test
  void theHoldersAreCountedAndNotTheirLeases() {
    assertThat(store.leases().holders()).as("at least the one that asks").isEqualTo(1);
    take("bot-1", "one", LEASE, true);
    take("bot-2", "one", LEASE, false);
    assertThat(store.leases().holders()).isEqualTo(1);
    take("bot-3", "three", LEASE, true);
    take("bot-4", "four", OVER, true);
    assertThat(store.leases().holders()).isEqualTo(2);
  }

  @Test
  void reliabilityR6_ofManyThatTakeALeaseAtOnceOneHasIt() throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    List<Thread> threads =
        Stream.iterate(0, number -> number + 1)
            .limit(8)
            .map(number ->
                Thread.ofVirtual()
                    .name("taker-", number)
                    .start(() ->
                        store
                            .leases()
                            .take("bot-1", "holder-" + number, LEASE, false)
                            .ifPresent(lease -> taken.incrementAndGet())))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).hasValue(1);
  }

  // --- Slots ---

  private Job open(long number) {
    return open(SampleJobs.rollout(number, Rollout.AT_ONCE, "web1"));
  }

  private Job open(Job job) {
    store.commit(new Change.CreateJob(job, "bot-1"));
    return job;
  }

  /** The job asked for by somebody else. */
  private static Job by(UserRef asker, Job job) {
    return new Job(
        job.id(),
        job.number(),
        job.command(),
        job.right(),
        job.canonical(),
        asker,
        asker.user(),
        job.groups(),
        job.place(),
        job.question(),
        job.work(),
        job.backend(),
        Optional.empty(),
        job.created(),
        job.patience(),
        job.state());
  }

  private void end(Job job) {
    store.commit(
        new Change.UpdateJob(
            SampleJobs.after(job, NOON, new JobEvent.Cancel("ann", job.id() + "-stop")),
            Set.of("web1"),
            true,
            List.of()),
        new Change.LeaveDeployQueue(job.id()));
  }

  @Test
  void anApplicationHasOneJobAtATimeAndTheOthersKnowTheirPlace() {
    Job first = open(1);
    Job second = open(2);
    Job third = open(3);
    assertThat(store.slots().obstacle(first)).isEmpty();
    assertThat(store.slots().obstacle(second))
        .contains(new Obstacle.Behind(1, first.work().title(), 1));
    store.commit(new Change.EnterDeployQueue(WEB, first.id()));
    assertThatThrownBy(() -> store.commit(new Change.EnterDeployQueue(WEB, second.id())))
        .isInstanceOf(StoreConflict.class)
        .hasMessageContaining("another job has started");
    assertThat(store.slots().obstacle(second))
        .contains(new Obstacle.Behind(1, first.work().title(), 1));
    assertThat(store.slots().obstacle(third))
        .contains(new Obstacle.Behind(1, first.work().title(), 2));

    end(first);
    assertThat(store.slots().obstacle(second)).isEmpty();
    assertThat(store.slots().obstacle(third))
        .contains(new Obstacle.Behind(2, second.work().title(), 1));
    store.commit(new Change.EnterDeployQueue(WEB, second.id()));
  }

  @Test
  void theJobThatIsUnderWayIsNamedEvenIfItIsTheNewest() {
    Job first = open(1);
    Job second = open(2);
    store.commit(new Change.EnterDeployQueue(WEB, second.id()));
    assertThat(store.slots().obstacle(first))
        .contains(new Obstacle.Behind(2, second.work().title(), 1));
  }

  @Test
  void otherApplicationsAndEnvironmentsDoNotWait() {
    store.commit(new Change.EnterDeployQueue(WEB, open(1).id()));
    Job other = SampleJobs.rollout(2, Rollout.AT_ONCE, "web1");
    Planned.Work work = other.work().on(new Planned.Subject("staging", "api", "1"));
    Job api =
        new Job(
            other.id(),
            2,
            other.command(),
            other.right(),
            other.canonical(),
            ANN,
            "ann",
            List.of(),
            THREAD,
            Optional.empty(),
            work,
            other.backend(),
            Optional.empty(),
            NOON,
            Duration.ofMinutes(1),
            JobMachine.planned(other.id(), work, () -> "w", true));
    assertThat(store.slots().obstacle(open(api))).isEmpty();
    store.commit(new Change.EnterDeployQueue(work.subject().orElseThrow(), api.id()));
  }

  // --- Freezes ---

  private Freeze freeze(long number, Instant from, Duration length) {
    return new Freeze(
        new Freeze.Origin.Person(number, ANN.principal(), "ann"),
        new FreezeScope(List.of("prod"), List.of()),
        from,
        from.plus(length),
        "looking \0 into it");
  }

  @Test
  void approvalP10_aFreezeIsKeptUntilItIsOver() {
    long first = store.freezes().nextNumber();
    long second = store.freezes().nextNumber();
    assertThat(second).isGreaterThan(first);
    Freeze later = freeze(first, NOON.plusSeconds(60), Duration.ofHours(2));
    Freeze now = freeze(second, NOON, Duration.ofHours(1));
    store.commit(new Change.DeclareFreeze(first, later));
    store.commit(new Change.DeclareFreeze(second, now));
    assertThat(store.freezes().all()).containsExactly(now, later);
    clock.advance(Duration.ofHours(1));
    assertThat(store.freezes().all()).containsExactly(later);
    Freeze third = freeze(9, clock.instant(), Duration.ofHours(1));
    store.commit(new Change.DeclareFreeze(9, third));
    assertThatThrownBy(() -> store.commit(new Change.LiftFreeze(second)))
        .as("what is over was cleared away")
        .isInstanceOf(StoreConflict.class);
  }

  @Test
  void approvalP10_aFreezeIsLiftedOnce() {
    store.commit(new Change.DeclareFreeze(1, freeze(1, NOON, Duration.ofHours(1))));
    store.commit(new Change.LiftFreeze(1));
    assertThat(store.freezes().all()).isEmpty();
    assertThatThrownBy(() -> store.commit(new Change.LiftFreeze(1)))
        .isInstanceOf(StoreConflict.class)
        .hasMessageContaining("no longer exists");
  }

  // --- Locks ---

  private DeployLock lock(String application, UserRef owner, Optional<Instant> until) {
    return new DeployLock(
        "staging",
        application,
        owner.principal(),
        owner.user(),
        owner.user(),
        "looking \0 into it",
        clock.instant(),
        until);
  }

  private Optional<String> blocker(String application, UserRef asker) {
    return store.slots().locksAgainst("staging", application, asker.principal()).stream()
        .findFirst()
        .map(DeployLock::ownerName);
  }

  @Test
  void trap31_aLockKeepsOthersOutAndItsOwnerPasses() {
    store.commit(new Change.Lock(lock("web", BOB, Optional.empty())));
    assertThat(blocker("web", ANN)).contains("U2");
    assertThat(blocker("web", BOB)).isEmpty();
    assertThat(blocker("api", ANN)).isEmpty();
    store.commit(new Change.Lock(lock("", ANN, Optional.empty())));
    assertThat(blocker("api", BOB)).contains("U1");
    assertThat(store.slots().locksAgainst("prod", "web", "slack:T1:U9")).isEmpty();
    assertThat(store.slots().locks())
        .extracting(DeployLock::application)
        .containsExactly("", "web");
    assertThat(store.slots().locks().getLast().reason()).startsWith("looking ").endsWith("into it");
  }

  @Test
  void trap31_theOwnerMayLockAgainOthersMayNotUntilItExpires() {
    DeployLock first = lock("web", BOB, Optional.of(NOON.plusSeconds(60)));
    store.commit(new Change.Lock(first));
    assertThatThrownBy(() -> store.commit(new Change.Lock(lock("web", ANN, Optional.empty()))))
        .isInstanceOf(StoreConflict.class)
        .hasMessageContaining("someone else has locked it");
    clock.advance(Duration.ofSeconds(30));
    DeployLock longer = lock("web", BOB, Optional.of(NOON.plusSeconds(120)));
    store.commit(new Change.Lock(longer));
    clock.advance(Duration.ofSeconds(89));
    assertThat(blocker("web", ANN)).contains("U2");
    clock.advance(Duration.ofSeconds(1));
    assertThat(blocker("web", ANN)).isEmpty();
    assertThat(store.slots().locks()).isEmpty();
    store.commit(new Change.Lock(lock("web", ANN, Optional.empty())));
    assertThat(blocker("web", BOB)).contains("U1");
  }

  @Test
  void trap31_aLockIsLiftedOnceAndNotTheOneThatCameAfter() {
    DeployLock first = lock("web", BOB, Optional.empty());
    store.commit(new Change.Lock(first));
    store.commit(new Change.Unlock(first));
    assertThatThrownBy(() -> store.commit(new Change.Unlock(first)))
        .isInstanceOf(StoreConflict.class)
        .hasMessageContaining("no longer exists");
    clock.advance(Duration.ofSeconds(1));
    store.commit(new Change.Lock(lock("web", BOB, Optional.empty())));
    assertThatThrownBy(() -> store.commit(new Change.Unlock(first)))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.slots().locks()).hasSize(1);
  }

  @Test
  void trap31_thePersonWhoLockedItDoesNotWaitForJobsThatTheLockHolds() {
    Job held = open(1);
    Job owners = open(by(BOB, SampleJobs.rollout(2, Rollout.AT_ONCE, "web1")));
    store.commit(new Change.Lock(lock("web", BOB, Optional.empty())));
    assertThat(store.slots().obstacle(held)).containsInstanceOf(Obstacle.Locked.class);
    assertThat(store.slots().obstacle(owners)).isEmpty();
    store.commit(new Change.EnterDeployQueue(WEB, owners.id()));
  }

  // --- Schedules ---

  private Schedule schedule(long number, Instant due, Optional<String> cron) {
    return new Schedule(number, ANN, "ann", THREAD, "ping \"web 1\" \0", cron, due);
  }

  @Test
  void schedulesAreReadAsTheyWereWrittenTheNextFirst() {
    Schedule late = schedule(1, NOON.plusSeconds(60), Optional.empty());
    Schedule soon = schedule(2, NOON.plusSeconds(30), Optional.of("0 6 * * 1-5"));
    store.commit(new Change.CreateSchedule(late), new Change.CreateSchedule(soon));
    assertThat(store.schedules().all()).containsExactly(soon, late);
    assertThat(store.schedules().find(1)).contains(late);
    assertThat(store.schedules().find(3)).isEmpty();
    assertThat(Stream.generate(() -> store.schedules().nextNumber()).limit(5))
        .doesNotHaveDuplicates();
  }

  @Test
  void reliabilityR5_ofTwoThatFindAScheduleDueOneMovesIt() {
    Schedule due = schedule(1, NOON, Optional.of("* * * * *"));
    store.commit(new Change.CreateSchedule(due));
    Optional<Instant> next = Optional.of(NOON.plusSeconds(60));
    store.commit(new Change.AdvanceSchedule(due, next), show("first"));
    assertThatThrownBy(() -> store.commit(new Change.AdvanceSchedule(due, next), show("second")))
        .isInstanceOf(StoreConflict.class);
    assertThatThrownBy(() -> store.commit(new Change.AdvanceSchedule(due, Optional.empty())))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.schedules().all()).containsExactly(due.at(NOON.plusSeconds(60)));
    assertThat(store.outbox().waiting()).isEqualTo(1);
    store.commit(new Change.AdvanceSchedule(due.at(NOON.plusSeconds(60)), Optional.empty()));
    assertThat(store.schedules().all()).isEmpty();
  }
}
