package dev.bandmaster.simulator.socket;

import java.time.Duration;
import java.util.List;

/**
 * How long Socket Mode waits for what.
 *
 * @param acknowledge within this an envelope must be acknowledged
 * @param retries how long after a failure the first, second and third retry follows
 * @param refresh how long after a warning the connection is refreshed
 * @param ping how often a ping frame is sent
 */
public record Delays(
    Duration acknowledge, List<Duration> retries, Duration refresh, Duration ping) {
  public Delays {
    retries = List.copyOf(retries);
  }

  /**
   * Slack's times: 3 s for the acknowledgement, a first retry about a second later, then after one
   * and five minutes; a refresh 10 s after its warning.
   */
  public static Delays ofSlack() {
    return new Delays(
        Duration.ofSeconds(3),
        List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(5)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10));
  }

  /** The same times multiplied; pings stay as they are. */
  public Delays scaled(double factor) {
    return new Delays(
        scaled(acknowledge, factor),
        retries.stream().map(retry -> scaled(retry, factor)).toList(),
        scaled(refresh, factor),
        ping);
  }

  private static Duration scaled(Duration time, double factor) {
    return Duration.ofNanos(Math.round(time.toNanos() * factor));
  }
}
