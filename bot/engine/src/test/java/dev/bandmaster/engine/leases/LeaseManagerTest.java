package dev.bandmaster.engine.leases;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.ping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.clock.LoggedErrors;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas over one store; each looks when the test says so. */
class LeaseManagerTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  @RegisterExtension private final TestStore store = new TestStore();
  private final SettableClock clock = new SettableClock(NOON);
  private final Replica one = new Replica("bot-1", "process-1");
  private final Replica two = new Replica("bot-2", "process-2");

  /** A replica that writes down what it is told. */
  private final class Replica implements LeaseManager.Listener {
    private final List<String> notified = new ArrayList<>();
    private final HeldLeases held;
    private final LeaseManager keeper;
    private int faults;
    private final Set<String> broken = new HashSet<>();
    private int tries;
    private int replicas;

    Replica(String home, String holder) {
      held = new HeldLeases(home);
      keeper = new LeaseManager(store.leases(), held, holder, LEASE, this, clock);
    }

    private void fail(String what) {
      if (broken.contains(what)) {
        tries++;
        throw new IllegalStateException("a fault that never goes away");
      }
    }

    @Override
    public void taken(Lease lease) {
      if (faults-- > 0) {
        throw new IllegalStateException("the jobs cannot be read");
      }
      fail("take " + lease.name());
      notified.add("took " + lease.name());
    }

    @Override
    public void lost(String name) {
      fail("lose " + name);
      notified.add("lost " + name);
    }

    @Override
    public void stillHeld(List<String> held, int count) {
      fail("work");
      replicas = count;
    }
  }

  private static Lease leave(TestStore store, String name, long job) {
    Lease lease = store.leases().take(name, "gone-" + name, LEASE, true).orElseThrow();
    store.commit(new Change.CreateJob(ping(job, "web1"), name));
    store.leases().release(lease);
    return lease;
  }

  @Test
  void isolation_aLeaseWhoseWorkCannotBeTakenUpDoesNotStopTheOthers() {
    leave(store, "bad", 1);
    leave(store, "good", 2);
    one.broken.add("take bad");
    one.keeper.look();
    assertThat(one.notified).as("in the same look").contains("took good");
    assertThat(one.replicas).as("what is done under the seats goes on").isPositive();
    for (int second = 0; second < 30; second++) {
      one.keeper.look();
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(one.notified).containsExactlyInAnyOrder("took bot-1", "took good");
  }

  @Test
  void isolation_aReplicaWhoseDutiesFailStillKeepsItsLeases() {
    one.broken.add("work");
    try (var errors = new LoggedErrors(LeaseManager.class)) {
      one.keeper.look();
      one.keeper.look();
      assertThat(errors.messages()).singleElement().asString().startsWith("Lease work failed.");
    }
    assertThat(one.notified).containsExactly("took bot-1");
    assertThat(one.tries).isEqualTo(2);
    one.broken.clear();
    one.keeper.look();
    assertThat(one.replicas).isEqualTo(1);
  }

  @Test
  void isolation_aLossThatCannotBeReportedIsReportedLaterAndStopsNothing() {
    leave(store, "bad", 1);
    leave(store, "good", 2);
    one.keeper.look();
    assertThat(one.notified).contains("took bad", "took good");
    one.broken.add("lose bad");
    assertThat(store.leases().take("bad", "back-bad", LEASE, true)).isPresent();
    assertThat(store.leases().take("good", "back-good", LEASE, true)).isPresent();
    one.keeper.look();
    assertThat(one.notified).contains("lost good").doesNotContain("lost bad");
    one.broken.clear();
    clock.advance(Duration.ofMinutes(5));
    one.keeper.look();
    assertThat(one.notified).contains("lost bad");
  }

  @AfterEach
  void stop() {
    one.keeper.close();
    two.keeper.close();
  }

  @Test
  void reliabilityS5_eachReplicaHoldsItsOwnLease() {
    one.keeper.look();
    two.keeper.look();
    two.keeper.look();
    assertThat(one.notified).containsExactly("took bot-1");
    assertThat(two.notified).containsExactly("took bot-2");
    assertThat(two.replicas).isEqualTo(2);
    assertThat(one.held.ofHome()).map(Lease::holder).contains("process-1");
  }

  @Test
  void trap28_aReplicaThatIsGoneWithWorkLeftIsReplacedAndGetsItsLeaseBack() {
    one.keeper.look();
    store.commit(new Change.CreateJob(ping(1, "web1"), "bot-1"));
    one.keeper.close();
    two.keeper.look();
    assertThat(two.notified).containsExactly("took bot-2", "took bot-1");

    Replica again = new Replica("bot-1", "process-3");
    again.keeper.look();
    assertThat(again.notified)
        .as("at once, not when the lease is over")
        .containsExactly("took bot-1");
    two.keeper.look();
    assertThat(two.notified).containsExactly("took bot-2", "took bot-1", "lost bot-1");
    assertThat(two.held.ofHome()).isPresent();
    again.keeper.close();
  }

  @Test
  void aLeaseWithoutWorkIsNotTaken() {
    one.keeper.look();
    one.keeper.close();
    two.keeper.look();
    assertThat(two.notified).containsExactly("took bot-2");
  }

  @Test
  void twoProcessesOfOneNameDoNotBothAct() {
    one.keeper.look();
    Replica twin = new Replica("bot-1", "process-9");
    twin.keeper.look();
    assertThat(twin.notified).isEmpty();
    assertThat(twin.held.ofHome()).isEmpty();
    twin.keeper.close();
  }

  @Test
  void workThatCannotBeTakenUpIsTriedAgain() {
    one.faults = 1;
    one.keeper.look();
    assertThat(one.held.ofHome()).isEmpty();
    one.keeper.look();
    assertThat(one.notified).containsExactly("took bot-1");
    assertThat(one.held.ofHome()).isPresent();
  }

  @Test
  void whileTheStoreIsAwayTheLeaseIsNotReleased() {
    one.keeper.look();
    store.setAway(true);
    one.keeper.look();
    store.setAway(false);
    one.keeper.look();
    assertThat(one.notified).containsExactly("took bot-1");
    assertThat(one.held.ofHome()).isPresent();
  }
}
