package dev.bandmaster.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How old the last requests were when they arrived, by this node's clock. A request may wait on its
 * way; when all of them seem to have waited equally long, it is the clock. Any thread.
 */
final class RequestAges {
  /** Requests that are remembered; calls to announce oneself are among them, so they are recent. */
  private static final int REMEMBERED = 8;

  /** Fewer prove nothing: one request may have waited. */
  private static final int ENOUGH = 2;

  /** Live requests are not kept for a node that is away: a broker delivers within this. */
  private static final Duration USUAL = Duration.ofSeconds(2);

  private final Deque<Duration> last = new ArrayDeque<>();

  synchronized void add(Duration age) {
    last.addLast(age);
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
  }

  /** The end of a sentence about a request that came too late. */
  synchronized String blame() {
    if (last.size() < ENOUGH) {
      return "";
    }
    Duration least = last.stream().min(Duration::compareTo).orElseThrow();
    return least.compareTo(USUAL) >= 0
        ? ". None of the last %d came in less than %d s: this node's clock is about %d s ahead of the bot's"
            .formatted(last.size(), least.toSeconds(), least.toSeconds())
        : ". Others came in %s s, so it waited on its way"
            .formatted(Math.max(0, least.toSeconds()));
  }
}
