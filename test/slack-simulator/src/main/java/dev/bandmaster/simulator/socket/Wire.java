package dev.bandmaster.simulator.socket;

/** The far end of a WebSocket, as the hub sees it. None of these may block. */
public interface Wire {
  /** Sends a text frame. */
  void text(String text);

  /** Sends a ping frame. */
  void ping();

  /** Closes the WebSocket. */
  void close(int status, String reason);

  /** Reads nothing more from the WebSocket, not even pings. */
  void fallSilent();

  /** Answers no pings from now on; everything else goes on. */
  void ignorePings();
}
