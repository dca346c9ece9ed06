package dev.bandmaster.testfleet;

import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.wire.BotKeyRing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a fleet is emulated.
 *
 * @param connection where the broker is
 * @param ring the bot keys that the nodes trust, asked for each message
 * @param count how many nodes, 1 to 20,000
 * @param connections over how many connections they are spread; four carry ten thousand
 * @param heartbeat how often each node says that it is there, give or take a fifth
 * @param jobHeartbeat how often a running request gives a sign of life
 * @param inboxes whether nodes have an inbox for work that may wait: a durable queue each
 * @param enrolmentToken with which all of them ask to join, if they were given one
 */
public record FleetSettings(
    ConnectionSettings connection,
    Supplier<BotKeyRing> ring,
    int count,
    int connections,
    Duration heartbeat,
    Duration jobHeartbeat,
    boolean inboxes,
    Optional<String> enrolmentToken) {
  public FleetSettings {
    if (count < 1 || count > 20_000 || connections < 1 || connections > count) {
      throw new IllegalArgumentException(
          "1 to 20,000 nodes over at least one connection, and no more than nodes");
    }
  }

  /**
   * Four connections (fewer for fewer nodes), a heartbeat every ten seconds, or every n / 500 when
   * that is longer, a job's sign of life every 30 s, and no inboxes.
   */
  public static FleetSettings of(ConnectionSettings connection, BotKeyRing ring, int count) {
    return of(connection, () -> ring, count);
  }

  /** The same with bot keys that may change. */
  public static FleetSettings of(
      ConnectionSettings connection, Supplier<BotKeyRing> ring, int count) {
    return new FleetSettings(
        connection,
        ring,
        count,
        Math.min(4, count),
        Duration.ofMillis(Math.max(10_000, count * 2L)),
        Duration.ofSeconds(30),
        false,
        Optional.empty());
  }

  public FleetSettings withConnections(int number) {
    return new FleetSettings(
        connection, ring, count, number, heartbeat, jobHeartbeat, inboxes, enrolmentToken);
  }

  public FleetSettings withHeartbeats(Duration ofNodes, Duration ofJobs) {
    return new FleetSettings(
        connection, ring, count, connections, ofNodes, ofJobs, inboxes, enrolmentToken);
  }

  public FleetSettings withInboxes() {
    return new FleetSettings(
        connection, ring, count, connections, heartbeat, jobHeartbeat, true, enrolmentToken);
  }

  /** The same with a token. */
  public FleetSettings withToken(String token) {
    return new FleetSettings(
        connection, ring, count, connections, heartbeat, jobHeartbeat, inboxes, Optional.of(token));
  }
}
