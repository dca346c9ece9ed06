package dev.bandmaster.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people type them: {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}. */
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})(s|m|h|d)");

  private Spans() {}

  /** The length of time, or empty if the word is none. */
  public static Optional<Duration> parse(String word) {
    Matcher span = SPAN.matcher(word);
    if (!span.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(span.group(1));
    return Optional.of(
        switch (span.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
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
