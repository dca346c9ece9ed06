package dev.bandmaster.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: one number, one unit. */
public final class Units {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
  private static final Map<String, Duration> DURATIONS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private Units() {}

  /** {@code 90s} → 90 seconds; empty when it is not a number with ms, s, m, h or d. */
  public static Optional<Duration> duration(String text) {
    var matcher = DURATION.matcher(text);
    return matcher.matches()
        ? Optional.ofNullable(DURATIONS.get(matcher.group(2)))
            .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  /** {@code 1MiB} → 1048576; empty when it is not a number with B, KiB, MiB or GiB. */
  public static Optional<Long> size(String text) {
    var matcher = SIZE.matcher(text);
    return matcher.matches()
        ? Optional.ofNullable(SIZES.get(matcher.group(2)))
            .map(unit -> unit * Long.parseLong(matcher.group(1)))
        : Optional.empty();
  }

  /** The shortest way {@link #duration} reads back; parts of a millisecond are dropped. */
  public static String show(Duration duration) {
    var millis = duration.toMillis();
    return shortest(millis, new String[] {"d", "h", "m", "s"}, 86_400_000, 3_600_000, 60_000, 1_000)
        .orElse(millis + "ms");
  }

  /** The shortest way {@link #size} reads back. */
  public static String show(long bytes) {
    return shortest(bytes, new String[] {"GiB", "MiB", "KiB"}, 1L << 30, 1L << 20, 1L << 10)
        .orElse(bytes + "B");
  }

  private static Optional<String> shortest(long amount, String[] units, long... lengths) {
    for (var i = 0; i < lengths.length; i++) {
      if (amount != 0 && amount % lengths[i] == 0) {
        return Optional.of(amount / lengths[i] + units[i]);
      }
    }
    return Optional.empty();
  }
}
