package dev.bandmaster.bot.work;

import static dev.bandmaster.bot.approval.SampleApprovals.need;
import static dev.bandmaster.bot.approval.SampleApprovals.request;
import static dev.bandmaster.bot.approval.SampleApprovals.waiting;
import static dev.bandmaster.bot.approval.SampleApprovals.wants;
import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.approval.ApprovalStatus;
import dev.bandmaster.bot.chat.FreshPeople;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Failing;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.TestStore;
import dev.bandmaster.plugin.Presenter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApprovalClockTest {
  /** More than the clock reads at once. */
  private static final int BROKEN = 60;

  private static final long GOOD = 90;

  @RegisterExtension private final TestStore store = new TestStore();
  private final SettableClock clock = new SettableClock(NOON);

  private final Store failing =
      Failing.where(
          Store.class,
          store,
          (method, arguments) -> method.equals("commit") && isAboutABrokenOne(arguments));

  private static boolean isAboutABrokenOne(Object[] arguments) {
    return arguments[0] instanceof List<?> changes
        && changes.stream()
            .anyMatch(change ->
                change instanceof Change.Judge judge && judge.approval().number() != GOOD);
  }

  private static final FreshPeople NOBODY =
      new FreshPeople() {
        @Override
        public Seen look(Sender sender, Duration oldest) {
          return new Seen.Unknown("nobody is known");
        }

        @Override
        public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
          return new Gathering.Unknown("nobody is known");
        }

        @Override
        public Optional<Place> directWith(Sender sender) {
          return Optional.empty();
        }
      };

  private ApprovalStatus status(long number) {
    return store
        .approvals()
        .find(request(number, wants(need(1, "sre"))).id())
        .orElseThrow()
        .state()
        .status();
  }

  @Test
  void isolation_requestsThatAlwaysFailDoNotStopTheOthersHoweverManyTheyAre() {
    for (long number = 1; number <= BROKEN; number++) {
      store.commit(
          new Change.Open(waiting(number), "r1"),
          new Change.Ask(request(number, wants(need(1, "sre")))));
    }
    store.commit(
        new Change.Open(waiting(GOOD), "r1"), new Change.Ask(request(GOOD, wants(need(1, "sre")))));
    JobReport report =
        new JobReport(
            new JobArtist(name -> Presenter.PLAIN),
            store.jobs(),
            new ApprovalLooks(
                store.approvals(), job -> Optional.empty(), subject -> Optional.empty()));
    try (ApprovalClock approvals =
        new ApprovalClock(
            failing, job -> Optional.empty(), new ApprovalNews(store, report, NOBODY), clock)) {
      clock.advance(Duration.ofHours(2));
      approvals.look();
      clock.advance(Duration.ofSeconds(1));
      approvals.look();
      assertThat(status(GOOD)).isEqualTo(ApprovalStatus.EXPIRED);
      assertThat(status(1)).isEqualTo(ApprovalStatus.PENDING);
    }
  }
}
