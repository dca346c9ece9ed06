package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events to one client. A client that does not read makes a write wait; the server ends
 * a connection on which a write waits for too long, and the write then throws.
 */
final class EventStream {
  private final OutputStream out;

  EventStream(OutputStream out) {
    this.out = out;
  }

  /**
   * Sends an event.
   *
   * @param id what the client shows as {@code Last-Event-ID} when it comes back
   */
  void send(String event, String id, ObjectNode data) throws IOException {
    // JSON on one line has no line end that could begin another field.
    write("event: %s\nid: %s\ndata: %s\n\n".formatted(event, id, data));
  }

  /** Shows a client, and every proxy between, that the stream is alive. */
  void beat() throws IOException {
    write(": still here\n\n");
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
