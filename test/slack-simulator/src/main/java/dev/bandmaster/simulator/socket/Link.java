package dev.bandmaster.simulator.socket;

/** One open connection. Guarded by the hub. */
final class Link {
  /** The WebSocket status for an ordinary end. */
  private static final int NORMAL = 1_000;

  /** Half a minute at Slack's ten seconds between pings. */
  private static final int PINGS_UNTIL_LOST = 3;

  final int number;
  private final Wire wire;
  private boolean halfOpen;
  private boolean deaf;
  private int unanswered;

  Link(int number, Wire wire) {
    this.number = number;
    this.wire = wire;
  }

  void send(String text) {
    if (!halfOpen && !deaf) {
      wire.text(text);
    }
  }

  void ping() {
    if (halfOpen) {
      unanswered++;
    } else {
      wire.ping();
    }
  }

  void close() {
    wire.close(NORMAL, "");
  }

  void fallSilent() {
    halfOpen = true;
    wire.fallSilent();
  }

  void ignorePings() {
    wire.ignorePings();
  }

  void deafen() {
    deaf = true;
  }

  /** Whether so many pings went unanswered that the connection counts as gone. */
  boolean isLost() {
    return unanswered >= PINGS_UNTIL_LOST;
  }

  boolean halfOpen() {
    return halfOpen;
  }
}
