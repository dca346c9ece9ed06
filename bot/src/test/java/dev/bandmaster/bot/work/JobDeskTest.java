package dev.bandmaster.bot.work;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;
import static dev.bandmaster.bot.job.SampleJobs.end;
import static dev.bandmaster.bot.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bot.job.SampleJobs;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.MemoryStore;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.bot.store.StoreUnavailable;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobDeskTest {
  private final MemoryStore store = new MemoryStore();
  private final SettableClock clock = new SettableClock(NOON);
  private final JobDesk desk = desk();
  private final JobClock jobClock = new JobClock(desk, Duration.ofSeconds(2), clock);

  private JobDesk desk() {
    return new JobDesk(store, new JobArtist(name -> Presenter.PLAIN), clock);
  }

  private Job open(Job job) {
    store.commit(desk.opening(job));
    desk.opened(job);
    return job;
  }

  private static Reply ok(Job job, String node) {
    return reply(job, node, 9, end(FinalCode.OK, "runs 1.4.2"));
  }

  private JobStatus status(Job job) {
    return desk.find(job.id()).orElseThrow().state().status();
  }

  private String shown(Job job) {
    return store.wanted(job.messageId()).orElseThrow().toString();
  }

  @Test
  void aBatchOfRepliesIsOneCommitThatNamesExactlyTheNodesThatChanged() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2", "web3")));
    Job other = open(SampleJobs.ping(2, "db1"));
    desk.replies(
        List.of(
            reply(job, "web1", 1, new ReplyBody.Accepted()),
            ok(job, "web2"),
            reply(other, "db1", 1, new ReplyBody.Started()),
            reply(job, "web1", 1, new ReplyBody.Accepted())));
    assertThat(store.committed(Change.Advance.class))
        .extracting(Change.Advance::touched)
        .containsExactly(Set.of("web1", "web2"), Set.of("db1"));
    desk.replies(List.of(ok(job, "web2")));
    assertThat(store.committed(Change.Advance.class)).as("seen before").hasSize(2);
  }

  @Test
  void anAnswerToNobodysQuestionIsDropped() {
    int before = store.committed().size();
    desk.replies(List.of(ok(SampleJobs.ping(99, "web1"), "web1")));
    assertThat(store.committed()).hasSize(before);
  }

  @Test
  void reliabilityR8_theEndIsCommittedWithWhatPeopleAreTold() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    desk.replies(List.of(ok(job, "web1")));
    assertThat(shown(job)).contains("✅").contains("runs 1.4.2");
    assertThat(store.wanted("mark:C1:" + THREAD.thread().orElseThrow()))
        .contains(
            new Outbound.Reacted("C1", THREAD.thread().orElseThrow(), "white_check_mark", "eyes"));
    assertThat(store.wanted("alarm:" + job.id())).isEmpty();
    assertThat(desk.running()).isEmpty();
    assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void reliabilityR8_atTheDeadlineSilentNodesAreNamedAndTheChannelIsTold() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2")));
    desk.apply(job.id(), new JobEvent.Dispatched(List.of()));
    desk.replies(List.of(ok(job, "web1")));
    clock.advance(Duration.ofMinutes(1).minusMillis(1));
    jobClock.tick();
    assertThat(status(job)).isEqualTo(JobStatus.RUNNING);
    clock.advance(Duration.ofMillis(1));
    jobClock.tick();
    assertThat(status(job)).isEqualTo(JobStatus.PARTLY_FAILED);
    assertThat(shown(job)).contains("web2").contains("did not answer in time");
    assertThat(store.wanted("alarm:" + job.id()))
        .hasValueSatisfying(alarm ->
            assertThat(alarm)
                .isInstanceOfSatisfying(
                    Outbound.Shown.class, shown -> assertThat(shown.broadcast()).isTrue()));
  }

  @Test
  void trap25_aLateAnswerCorrectsTheSameMessageAndAlarmsNobodyTwice() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2")));
    desk.replies(List.of(ok(job, "web1")));
    desk.apply(job.id(), new JobEvent.DeadlinePassed());
    long alarms = alarms();
    desk.replies(List.of(reply(job, "web2", 9, end(FinalCode.FAILED, "no space left"))));
    assertThat(shown(job)).contains("no space left");
    assertThat(alarms()).isEqualTo(alarms).isEqualTo(1);
    assertThat(status(job)).isEqualTo(JobStatus.PARTLY_FAILED);
  }

  private long alarms() {
    return store.committed(Change.Show.class).stream()
        .filter(show -> show.id().startsWith("alarm:"))
        .count();
  }

  @Test
  void inADmNobodyIsAlarmed() {
    Place direct = new Place("D1", Place.Kind.DIRECT, Optional.of("1.1"));
    Job job = open(SampleJobs.deploy(1, direct, List.of("web1")));
    desk.apply(job.id(), new JobEvent.DeadlinePassed());
    assertThat(alarms()).isZero();
  }

  @Test
  void trap26_whatTheMessageCannotHoldComesAsAFileInTheThread() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    desk.replies(
        List.of(
            reply(job, "web1", 1, new ReplyBody.Output("stdout", "a line\n".repeat(5_000))),
            ok(job, "web1")));
    assertThat(store.wanted("file:" + job.id()))
        .hasValueSatisfying(file ->
            assertThat(file)
                .isInstanceOfSatisfying(
                    Outbound.Attached.class,
                    attached -> {
                      assertThat(attached.place()).isEqualTo(THREAD);
                      assertThat(attached.name()).isEqualTo("job-1.txt");
                      assertThat(attached.content()).hasSizeGreaterThan(35_000);
                    }));
  }

  @Test
  void trap3_whatAnEarlierProcessLeftIsTakenUpAndEnds() {
    Job job = open(SampleJobs.ping(1, "web1", "web2"));
    desk.apply(job.id(), new JobEvent.Dispatched(List.of()));
    desk.replies(List.of(ok(job, "web1")));

    JobDesk next = desk();
    assertThat(next.resume()).extracting(Job::id).containsExactly(job.id());
    next.replies(List.of(ok(job, "web1"), ok(job, "web2")));
    assertThat(next.find(job.id()).orElseThrow().state().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(desk().resume()).isEmpty();
  }

  @Test
  void whenTheStoreIsAwayNothingHasHappened() {
    Job job = open(SampleJobs.ping(1, "web1"));
    store.setAway(true);
    assertThatThrownBy(() -> desk.replies(List.of(ok(job, "web1"))))
        .isInstanceOf(StoreUnavailable.class);
    store.setAway(false);
    assertThat(status(job)).isEqualTo(JobStatus.QUEUED);
    desk.replies(List.of(ok(job, "web1")));
    assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void aRunningJobIsRedrawnNoMoreOftenThanItMay() {
    Job job = open(SampleJobs.ping(1, "web1", "web2", "web3"));
    desk.replies(List.of(ok(job, "web1")));
    jobClock.tick();
    assertThat(shown(job)).contains("replied 1/3");
    desk.replies(List.of(ok(job, "web2")));
    clock.advance(Duration.ofMillis(1_900));
    jobClock.tick();
    assertThat(shown(job)).contains("replied 1/3");
    clock.advance(Duration.ofMillis(100));
    jobClock.tick();
    assertThat(shown(job)).contains("replied 2/3");
    long draws = store.committed(Change.Show.class).size();
    clock.advance(Duration.ofSeconds(10));
    jobClock.tick();
    assertThat(store.committed(Change.Show.class)).as("nothing new").hasSize((int) draws);
  }

  @Test
  void manyRunningJobsShareTheRedraws() {
    Job first = open(SampleJobs.ping(1, "web1", "web2"));
    for (int i = 2; i <= 10; i++) {
      open(SampleJobs.ping(i, "web1"));
    }
    desk.replies(List.of(reply(first, "web1", 1, new ReplyBody.Started())));
    jobClock.tick();
    desk.replies(List.of(ok(first, "web1")));
    clock.advance(Duration.ofSeconds(14));
    jobClock.tick();
    assertThat(shown(first)).contains("replied 0/2");
    clock.advance(Duration.ofSeconds(1));
    jobClock.tick();
    assertThat(shown(first)).contains("replied 1/2");
  }
}
