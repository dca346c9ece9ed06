package dev.bandmaster.engine.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.EventStamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSkewsTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final ClockSkews skews = new ClockSkews();
  private long sequence;

  private Optional<ClockSkews.Finding> beat(String node, Instant received, long millis) {
    return skews.beat(
        new EventStamp(node, "prod", "boot", 1, ++sequence, received.plusMillis(millis)), received);
  }

  @ParameterizedTest
  @CsvSource({
    "14000, 13950, 13990, 14 s ahead",
    "2000, 2100, 9000, 9 s ahead",
    "-40000, -41000, -55000, 40 s behind",
    "14000, 13950, 100, ''",
    "1900, 14000, 14000, ''",
    "-40000, -41000, -100, ''",
    "-4900, -9000, -9000, ''",
    "-10, -300, -1500, ''"
  })
  void trustT25_aClockIsWrongWhenTheLastBeatsAgree(long first, long second, long third, String is) {
    beat("web3", NOON, first);
    beat("web3", NOON, second);
    beat("web3", NOON, third);
    assertThat(skews.describe("web3").orElse("")).isEqualTo(is);
    assertThat(skews.describe().orElse("")).isEqualTo(is.isEmpty() ? "" : "web3 is " + is);
  }

  @Test
  void trustT25_peopleAreToldAtOnceThenSometimesAndNotAfterTheClockIsRight() {
    int told = 0;
    for (int second = 0; second < 900; second += 10) {
      told += beat("web3", NOON.plusSeconds(second), 14_000).isPresent() ? 1 : 0;
    }
    assertThat(told).isEqualTo(3);
    Instant later = NOON.plusSeconds(1_000);
    assertThat(beat("web3", later, 20)).isEmpty();
    assertThat(skews.count()).isZero();
    beat("web3", later, 14_000);
    beat("web3", later, 14_000);
    assertThat(beat("web3", later, 14_000))
        .hasValueSatisfying(finding -> {
          assertThat(finding.node()).isEqualTo("web3");
          assertThat(finding.environment()).isEqualTo("prod");
          assertThat(finding.sentence()).startsWith("has a clock that is 14 s ahead");
        });
  }

  @Test
  void trustT25_whenMostNodesSayTheSameItIsThisMachinesClock() {
    for (int node = 1; node <= 10; node++) {
      for (int i = 0; i < ClockSkews.BEATS; i++) {
        beat("web" + node, NOON, node <= 8 ? -30_000 : 0);
      }
    }
    assertThat(skews.describe()).contains("this machine's is 30 s ahead, as 8 of 10 nodes say");
    for (int node = 1; node <= 7; node++) {
      skews.forget("web" + node);
    }
    assertThat(skews.describe()).contains("web8 is 30 s behind");
    assertThat(ClockSkews.words(Duration.ofMillis(400))).isEqualTo("1 s ahead");
  }
}
