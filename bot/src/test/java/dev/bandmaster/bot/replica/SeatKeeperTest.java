package dev.bandmaster.bot.replica;

import static dev.bandmaster.bot.job.SampleJobs.ping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Seat;
import dev.bandmaster.bot.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two replicas over one store; each looks when the test says so. */
class SeatKeeperTest {
  private static final Duration LEASE = Duration.ofMinutes(1);

  @RegisterExtension private final TestStore store = new TestStore();
  private final Replica one = new Replica("bot-1", "process-1");
  private final Replica two = new Replica("bot-2", "process-2");

  /** A replica that writes down what it is told. */
  private final class Replica implements SeatKeeper.Listener {
    private final List<String> told = new ArrayList<>();
    private final SeatKeeper keeper;
    private int faults;
    private int replicas;

    Replica(String home, String holder) {
      keeper = new SeatKeeper(store.seats(), home, holder, LEASE, this);
    }

    @Override
    public void taken(Seat seat) {
      if (faults-- > 0) {
        throw new IllegalStateException("the jobs cannot be read");
      }
      told.add("took " + seat.name());
    }

    @Override
    public void lost(String name) {
      told.add("lost " + name);
    }

    @Override
    public void stillHeld(List<String> held, int count) {
      replicas = count;
    }
  }

  @AfterEach
  void stop() {
    one.keeper.close();
    two.keeper.close();
  }

  @Test
  void reliabilityS5_eachReplicaSitsInItsOwnSeat() {
    one.keeper.look();
    two.keeper.look();
    two.keeper.look();
    assertThat(one.told).containsExactly("took bot-1");
    assertThat(two.told).containsExactly("took bot-2");
    assertThat(two.replicas).isEqualTo(2);
    assertThat(one.keeper.home()).map(Seat::holder).contains("process-1");
  }

  @Test
  void trap28_whoIsGoneWithWorkLeftIsStoodInForAndGetsTheSeatBack() {
    one.keeper.look();
    store.commit(new Change.Open(ping(1, "web1"), "bot-1"));
    one.keeper.close();
    two.keeper.look();
    assertThat(two.told).containsExactly("took bot-2", "took bot-1");

    Replica again = new Replica("bot-1", "process-3");
    again.keeper.look();
    assertThat(again.told).as("at once, not when the lease is over").containsExactly("took bot-1");
    two.keeper.look();
    assertThat(two.told).containsExactly("took bot-2", "took bot-1", "lost bot-1");
    assertThat(two.keeper.home()).isPresent();
    again.keeper.close();
  }

  @Test
  void aSeatWithoutWorkIsLeftEmpty() {
    one.keeper.look();
    one.keeper.close();
    two.keeper.look();
    assertThat(two.told).containsExactly("took bot-2");
  }

  @Test
  void twoProcessesOfOneNameDoNotBothAct() {
    one.keeper.look();
    Replica twin = new Replica("bot-1", "process-9");
    twin.keeper.look();
    assertThat(twin.told).isEmpty();
    assertThat(twin.keeper.home()).isEmpty();
    twin.keeper.close();
  }

  @Test
  void workThatCannotBeTakenUpIsTriedAgain() {
    one.faults = 1;
    one.keeper.look();
    assertThat(one.keeper.home()).isEmpty();
    one.keeper.look();
    assertThat(one.told).containsExactly("took bot-1");
    assertThat(one.keeper.home()).isPresent();
  }

  @Test
  void whileTheStoreIsAwayTheSeatIsNotGivenUp() {
    one.keeper.look();
    store.setAway(true);
    one.keeper.look();
    store.setAway(false);
    one.keeper.look();
    assertThat(one.told).containsExactly("took bot-1");
    assertThat(one.keeper.home()).isPresent();
  }
}
