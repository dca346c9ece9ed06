package dev.bandmaster.testkit.fault;

import java.time.Duration;

/** What a line does to the bytes on it. */
public sealed interface Weather {

  /** Everything passes at once. */
  record Clear() implements Weather {}

  /**
   * Every piece is held up before it passes, in both directions.
   *
   * @param by how long
   */
  record Delay(Duration by) implements Weather {}

  /**
   * Little passes at a time, in both directions.
   *
   * @param bytesPerSecond of each direction of each connection, 1 or more
   */
  record Throttle(int bytesPerSecond) implements Weather {
    public Throttle {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException("a line without any bytes is a black hole");
      }
    }
  }

  /**
   * Nothing passes, and neither side notices: connections stay open and new ones are accepted. What
   * was sent arrives when the weather changes, as it does when the network comes back.
   */
  record BlackHole() implements Weather {}

  /** Connections are refused as soon as they are opened; the open ones are not touched. */
  record Closed() implements Weather {}
}
