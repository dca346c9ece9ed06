package dev.bandmaster.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutsiderRefusalsTest {
  private static final Instant TEN = Instant.parse("2026-05-04T10:00:00Z");

  private final OutsiderRefusals refusals = new OutsiderRefusals();

  private List<AuditEntry> said(String person, Instant at) {
    return refusals.written(
        List.of(AuditEntry.of(at, person, "C1", "let me in", "denied", "You may not.")));
  }

  private static Instant minute(int minutes) {
    return TEN.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void trustT16_anOutsiderCostsTwoRowsAnHourHoweverOftenTheyAsk() {
    assertThat(said("slack:T9:U9", minute(5))).hasSize(1);
    for (int i = 0; i < 10_000; i++) {
      assertThat(said("slack:T9:U9", minute(6))).isEmpty();
    }
    assertThat(refusals.over(minute(59))).isEmpty();
    assertThat(refusals.over(minute(60)))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.principal()).isEqualTo("slack:T9:U9");
          assertThat(row.raw())
              .isEqualTo(
                  "refused 10000 more times from 2026-05-04T10:00:00Z to 2026-05-04T11:00:00Z");
          assertThat(row.decision()).isEqualTo("denied");
        });
    assertThat(refusals.over(minute(61))).as("once").isEmpty();
    assertThat(said("slack:T9:U9", minute(62))).as("a new hour").hasSize(1);
  }

  @Test
  void trustT16_whatElseIsAskedIsWrittenEachTime() {
    AuditEntry ours =
        new AuditEntry(
            TEN, "slack:T1:U1", "C1", "deploy", "deploy", "prod", "", "", "denied", "No.", "", "");
    AuditEntry mistake = AuditEntry.of(TEN, "slack:T1:U1", "C1", "depoy", "refused", "No.");
    for (int i = 0; i < 5; i++) {
      assertThat(refusals.written(List.of(ours, mistake))).containsExactly(ours, mistake);
    }
  }

  @Test
  void trustT16_peopleAreCountedEachAndManyTogether() {
    for (int i = 0; i < OutsiderRefusals.MOST; i++) {
      assertThat(said("slack:T9:U" + i, minute(1))).hasSize(1);
    }
    assertThat(said("slack:T9:NEW1", minute(1))).as("the first of all others").hasSize(1);
    for (int i = 2; i < 5_000; i++) {
      assertThat(said("slack:T9:NEW" + i, minute(1))).isEmpty();
    }
    said("slack:T9:U7", minute(2));
    assertThat(refusals.all())
        .extracting(AuditEntry::principal)
        .containsExactly("slack:T9:U7", OutsiderRefusals.OTHERS);
  }
}
