package dev.bandmaster.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedrawsTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"1, 2000", "20, 2000", "21, 2100", "100, 10000"})
  void moreJobsAreDrawnLessOften(int running, long millis) {
    Redraws redraws = new Redraws(Duration.ofSeconds(2));
    redraws.wanted("job");
    assertThat(redraws.due(NOON, running)).containsExactly("job");
    redraws.wanted("job");
    assertThat(redraws.due(NOON.plusMillis(millis - 1), running)).isEmpty();
    assertThat(redraws.due(NOON.plusMillis(millis), running)).containsExactly("job");
    assertThat(redraws.due(NOON.plusMillis(3 * millis), running)).as("nothing new").isEmpty();
  }
}
