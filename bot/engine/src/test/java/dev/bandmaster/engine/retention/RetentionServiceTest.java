package dev.bandmaster.engine.retention;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Retention;
import dev.bandmaster.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionServiceTest {

  /** Holds 2,500 deliveries and one of each other kind. */
  private static final class Attic implements Retention {
    private final List<String> calls = new ArrayList<>();
    private int deliveries = 2_500;
    private boolean broken;

    @Override
    public int forgetDeliveries(Instant before, int limit) {
      int forgotten = Math.min(deliveries, limit);
      deliveries -= forgotten;
      calls.add("deliveries before " + before + ": " + forgotten);
      return forgotten;
    }

    @Override
    public int forgetMessages(Instant before, int limit) {
      calls.add("messages before " + before);
      if (broken) {
        throw new IllegalStateException("a fault that never goes away");
      }
      return 1;
    }

    @Override
    public int forgetTransitions(Instant before, int limit) {
      calls.add("flips before " + before);
      return 1;
    }

    @Override
    public int forgetAlerts(Instant before, int limit) {
      calls.add("alerts before " + before);
      return 1;
    }

    @Override
    public int forgetOutput(Instant before, int limit) {
      calls.add("output before " + before);
      return 1;
    }
  }

  @Test
  void isolation_whatCannotBeForgottenOfOneKindKeepsNothingOfTheOthers() {
    Attic attic = new Attic();
    attic.broken = true;
    SettableClock clock = new SettableClock(NOON);
    RetentionSettings retention =
        new RetentionSettings(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3));
    try (RetentionService housekeeping =
        new RetentionService(attic, retention, clock, new Random(7))) {
      for (int round = 0; round < 3; round++) {
        housekeeping.round();
        clock.advance(Duration.ofMinutes(10));
      }
    }
    assertThat(attic.calls)
        .filteredOn(call -> call.startsWith("messages"))
        .as("tried again each time")
        .hasSize(3);
    assertThat(attic.calls).filteredOn(call -> call.startsWith("alerts")).hasSize(3);
  }

  @Test
  void storeS4_aRoundForgetsInBatchesUntilNothingIsLeft() {
    Attic attic = new Attic();
    RetentionSettings retention =
        new RetentionSettings(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3));
    try (RetentionService housekeeping =
        new RetentionService(attic, retention, new SettableClock(NOON), new Random(7))) {
      housekeeping.round();
    }
    Instant yesterday = NOON.minus(Duration.ofDays(1));
    assertThat(attic.calls)
        .containsExactly(
            "deliveries before " + yesterday + ": 1000",
            "deliveries before " + yesterday + ": 1000",
            "deliveries before " + yesterday + ": 500",
            "messages before " + NOON.minus(Duration.ofDays(2)),
            "output before " + NOON.minus(Duration.ofDays(3)),
            "flips before " + NOON.minus(Duration.ofDays(3)),
            "alerts before " + NOON.minus(Duration.ofDays(3)));
  }
}
