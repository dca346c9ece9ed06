package dev.bandmaster.slack;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks again where one look-up failed for a reason that often lasts a moment only: no answer, a
 * broken one, a short rate limit. For questions that change nothing. A person waits for the answer,
 * so there are few attempts, and none begins after a few seconds. Blocking.
 */
final class LookUpRetries {

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(300), Duration.ofMillis(1_000));

  /** No attempt begins later than this after the first. */
  private static final Duration IN_ALL = Duration.ofSeconds(5);

  private LookUpRetries() {}

  static <T> CallResult<T> of(Supplier<CallResult<T>> ask) {
    long start = System.nanoTime();
    CallResult<T> result = ask.get();
    for (Duration pause : PAUSES) {
      Duration wait =
          switch (result) {
            case CallResult.Ok<T> _, CallResult.Refused<T> _ -> Duration.ZERO;
            case CallResult.Unsent<T> _, CallResult.Unclear<T> _ -> pause;
            case CallResult.Limited<T>(var delay) -> delay.compareTo(pause) > 0 ? delay : pause;
          };
      Duration spent = Duration.ofNanos(System.nanoTime() - start);
      if (wait.isZero() || spent.plus(wait).compareTo(IN_ALL) > 0 || !slept(wait)) {
        return result;
      }
      result = ask.get();
    }
    return result;
  }

  private static boolean slept(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
