package dev.bandmaster.plugin;

import dev.bandmaster.model.TimePhrase;
import java.time.Duration;
import java.util.Optional;

/** Lengths of time as people type them: {@code 30s}, {@code 10m}, {@code 2h}, {@code 1h30m}. */
public final class Spans {
  private Spans() {}

  /** The length of time, or empty if the word is none. */
  public static Optional<Duration> parse(String word) {
    return TimePhrase.wholeLength(word);
  }

  static Duration read(String word) {
    return parse(word).orElseThrow(() -> new IllegalStateException("not checked: " + word));
  }

  /** A length of time in words, to the second or, below ten seconds, to a tenth of it. */
  public static String words(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() >= 10 || duration.toMillisPart() == 0
        ? duration.toSeconds() + " s"
        : "%.1f s".formatted(duration.toMillis() / 1000.0);
  }
}
