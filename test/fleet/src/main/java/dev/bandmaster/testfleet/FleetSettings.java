package dev.bandmaster.testfleet;

import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.wire.BotKeyRing;
import java.time.Duration;

/**
 * How a fleet is emulated.
 *
 * @param connection where the broker is
 * @param ring the bot keys that the nodes trust
 * @param count how many nodes, 1 to 20,000
 * @param connections over how many connections they are spread; four carry ten thousand
 * @param heartbeat how often each node says that it is there, give or take a fifth
 */
public record FleetSettings(
    ConnectionSettings connection,
    BotKeyRing ring,
    int count,
    int connections,
    Duration heartbeat) {
  public FleetSettings {
    if (count < 1 || count > 20_000 || connections < 1 || connections > count) {
      throw new IllegalArgumentException(
          "1 to 20,000 nodes over at least one connection, and no more than nodes");
    }
  }

  /**
   * Four connections (fewer for fewer nodes) and a heartbeat every ten seconds, or every n / 500
   * when that is longer.
   */
  public static FleetSettings of(ConnectionSettings connection, BotKeyRing ring, int count) {
    return new FleetSettings(
        connection,
        ring,
        count,
        Math.min(4, count),
        Duration.ofMillis(Math.max(10_000, count * 2L)));
  }
}
