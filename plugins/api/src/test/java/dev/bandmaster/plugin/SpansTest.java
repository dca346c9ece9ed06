package dev.bandmaster.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "10m, PT10M",
    "2h, PT2H",
    "1d, PT24H",
    "0s, PT0S",
    "999999d, P999999D",
    "5 m, PT5M",
    "5min, PT5M",
    "5M, PT5M"
  })
  void aLengthOfTimeIsReadAsTyped(String word, Duration duration) {
    assertThat(Spans.parse(word)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5m", "1.5h", "h", "1000000d", "٣m"})
  void anythingElseIsNone(String word) {
    assertThat(Spans.parse(word)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.25S, 0.3 s",
    "PT9.96S, 10.0 s",
    "PT10.7S, 10 s",
    "PT59S, 59 s",
    "PT1M30S, 1 min 30 s",
    "PT2H5M9S, 2 h 5 min",
    "P3DT4H, 3 d 4 h",
  })
  void aLengthOfTimeInWords(Duration duration, String words) {
    assertThat(Spans.words(duration)).isEqualTo(words);
  }
}
