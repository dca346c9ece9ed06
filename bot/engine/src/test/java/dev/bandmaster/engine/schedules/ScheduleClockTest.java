package dev.bandmaster.engine.schedules;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Turned by hand: what is run, once, late, or not at all. */
class ScheduleClockTest {
  private static final String REPLICA = "bot-1";
  private static final String DEPLOY = "codeupdate staging web version=1.4.2";

  @RegisterExtension private final TestStore store = new TestStore();
  private final SettableClock clock = new SettableClock(NOON);
  private final ScheduleClock schedules = schedules();
  private int woken;
  private int faults;

  /** One that repeats comes every full hour. */
  private ScheduleClock schedules() {
    return new ScheduleClock(
        store,
        new ScheduleClock.Asking() {
          @Override
          public Change.AcceptDelivery asked(Schedule schedule) {
            return ScheduledItem.of(schedule, clock.instant(), REPLICA);
          }

          @Override
          public void wake() {
            woken++;
          }
        },
        (cron, after) -> {
          if (cron.equals("broken")) {
            faults++;
            throw new IllegalStateException("a fault that never goes away");
          }
          return Optional.of(after.plus(Duration.ofHours(1)));
        },
        clock);
  }

  private void plan(long number, Optional<String> cron, Instant due) {
    store.commit(
        new Change.CreateSchedule(new Schedule(number, ANN, "ann", THREAD, DEPLOY, cron, due)));
  }

  private void after(Duration time) {
    clock.advance(time);
    schedules.look();
  }

  private List<Inbox.Item> asked() {
    return store.inbox().unhandled(REPLICA);
  }

  private String posted() {
    return store.committed(Change.PostMessage.class).stream()
        .map(Change.PostMessage::item)
        .map(Outbound::toString)
        .reduce("", String::concat);
  }

  @Test
  void isolation_aScheduleThatAlwaysFailsDoesNotStopTheOthersAndIsTriedMoreAndMoreSeldom() {
    plan(1, Optional.of("broken"), NOON);
    plan(2, Optional.empty(), NOON.plusSeconds(1));
    plan(3, Optional.of("0 * * * *"), NOON.plusSeconds(2));
    for (int second = 0; second < 600; second++) {
      after(Duration.ofSeconds(1));
    }
    assertThat(asked())
        .extracting(item -> ScheduledItem.read(item.payload()).number())
        .containsExactly(2L, 3L);
    assertThat(woken).isEqualTo(2);
    assertThat(store.schedules().all()).extracting(Schedule::number).contains(1L);
    assertThat(faults).isBetween(2, 12);
  }

  @Test
  void whatIsNotDueWaits() {
    plan(1, Optional.empty(), NOON.plusSeconds(60));
    after(Duration.ofSeconds(60).minusMillis(1));
    assertThat(asked()).isEmpty();
    assertThat(woken).isZero();
    assertThat(store.schedules().all()).hasSize(1);
  }

  @Test
  void whatIsDueIsAskedOnceByItsOwnerWhereItWasScheduled() {
    plan(1, Optional.empty(), NOON.plusSeconds(60));
    after(Duration.ofSeconds(60));
    after(Duration.ofSeconds(1));
    assertThat(asked()).hasSize(1);
    assertThat(ScheduledItem.read(asked().getFirst().payload()))
        .satisfies(item -> {
          assertThat(item.sender()).isEqualTo(ANN);
          assertThat(item.place()).isEqualTo(THREAD);
          assertThat(item.number()).isEqualTo(1);
          assertThat(item.text()).isEqualTo(DEPLOY);
        });
    assertThat(store.schedules().all()).isEmpty();
    assertThat(posted()).isEmpty();
    assertThat(woken).isEqualTo(1);
  }

  @Test
  void ofTwoReplicasThatLookOneAsks() {
    plan(1, Optional.of("0 * * * *"), NOON);
    schedules.look();
    schedules().look();
    assertThat(asked()).hasSize(1);
  }

  @Test
  void whatRepeatsIsMovedOnFromNow() {
    plan(1, Optional.of("0 * * * *"), NOON);
    schedules.look();
    assertThat(store.schedules().all())
        .extracting(Schedule::due)
        .containsExactly(NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void whatWasMissedForALittleRunsAndItsOwnerIsNotified() {
    plan(1, Optional.empty(), NOON);
    after(ScheduleClock.TOO_LATE);
    assertThat(asked()).hasSize(1);
    assertThat(posted()).contains(DEPLOY, "was due 1 h 0 min ago", "It runs now, once");
  }

  @Test
  void whatIsTooLateIsNotRunAndItsOwnerIsNotifiedWhichCommandItWas() {
    plan(1, Optional.empty(), NOON);
    after(ScheduleClock.TOO_LATE.plusMillis(1));
    assertThat(asked()).isEmpty();
    assertThat(woken).isZero();
    assertThat(store.schedules().all()).isEmpty();
    assertThat(posted())
        .contains(
            DEPLOY, ANN.user(), "was due 1 h 0 min ago", "It was skipped", "type the command");
    assertThat(store.audit().after(0, 10))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.entry().raw()).isEqualTo("schedule 1: " + DEPLOY);
          assertThat(row.entry().principal()).isEqualTo(ANN.principal());
          assertThat(row.entry().decision()).isEqualTo("refused");
        });
    after(Duration.ofSeconds(1));
    assertThat(store.committed(Change.PostMessage.class)).as("said once").hasSize(1);
  }

  @Test
  void whatRepeatsAndWasMissedOftenRunsOnceAndSaysSo() {
    plan(1, Optional.of("0 * * * *"), NOON);
    after(Duration.ofDays(2));
    after(Duration.ofSeconds(1));
    assertThat(asked()).hasSize(1);
    assertThat(posted()).contains("was due 2 d 0 h ago", "It runs now, once.");
    assertThat(store.schedules().all())
        .extracting(Schedule::due)
        .containsExactly(NOON.plus(Duration.ofDays(2)).plus(Duration.ofHours(1)));
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() {
    plan(1, Optional.empty(), NOON);
    store.setAway(true);
    schedules.look();
    store.setAway(false);
    assertThat(asked()).isEmpty();
    schedules.look();
    assertThat(asked()).hasSize(1);
  }
}
