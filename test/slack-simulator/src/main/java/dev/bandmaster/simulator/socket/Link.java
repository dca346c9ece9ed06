package dev.bandmaster.simulator.socket;

/** One open connection. Guarded by the hub. */
final class Link {
  /** The WebSocket status for an ordinary end. */
  private static final int NORMAL = 1_000;

  final int number;
  private final Wire wire;
  private boolean halfOpen;

  Link(int number, Wire wire) {
    this.number = number;
    this.wire = wire;
  }

  void send(String text) {
    if (!halfOpen) {
      wire.text(text);
    }
  }

  void ping() {
    if (!halfOpen) {
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

  boolean halfOpen() {
    return halfOpen;
  }
}
