package dev.bandmaster.engine.approvals;

import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.request;
import static dev.bandmaster.core.approval.SampleApprovals.waiting;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.Failing;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.jobs.ApprovalLookup;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.store.TestStore;
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
                change instanceof Change.UpdateApproval update
                    && update.approval().number() != GOOD);
  }

  private static final FreshDirectory NOBODY =
      new FreshDirectory() {
        @Override
        public Seen look(UserRef sender, Duration oldest) {
          return new Seen.Unknown("nobody is known");
        }

        @Override
        public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
          return new Gathering.Unknown("nobody is known");
        }

        @Override
        public Optional<ConversationRef> directWith(UserRef sender) {
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
          new Change.CreateJob(waiting(number), "r1"),
          new Change.CreateApproval(request(number, wants(need(1, "sre")))));
    }
    store.commit(
        new Change.CreateJob(waiting(GOOD), "r1"),
        new Change.CreateApproval(request(GOOD, wants(need(1, "sre")))));
    JobNotifier report =
        new JobNotifier(
            new JobRenderer(name -> Presenter.PLAIN),
            store.jobs(),
            new ApprovalLookup(
                store.approvals(), job -> Optional.empty(), subject -> Optional.empty()));
    try (ApprovalClock approvals =
        new ApprovalClock(
            failing, job -> Optional.empty(), new ApprovalNotifier(store, report, NOBODY), clock)) {
      clock.advance(Duration.ofHours(2));
      approvals.look();
      clock.advance(Duration.ofSeconds(1));
      approvals.look();
      assertThat(status(GOOD)).isEqualTo(ApprovalStatus.EXPIRED);
      assertThat(status(1)).isEqualTo(ApprovalStatus.PENDING);
    }
  }
}
