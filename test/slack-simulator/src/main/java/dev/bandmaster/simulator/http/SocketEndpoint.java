package dev.bandmaster.simulator.http;

import dev.bandmaster.simulator.socket.SocketHub;
import dev.bandmaster.simulator.socket.Wire;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket of Socket Mode. It asks for each frame itself, pings included, so that it can fall
 * silent without closing. Public because the server calls its methods by reflection.
 */
public final class SocketEndpoint implements Session.Listener, Wire {
  private static final Logger log = LoggerFactory.getLogger(SocketEndpoint.class);

  private final SocketHub hub;
  private final @Nullable String ticket;
  private volatile @Nullable Session session;
  private volatile Optional<Integer> number = Optional.empty();
  private volatile boolean silent;
  private volatile boolean pongless;

  SocketEndpoint(SocketHub hub, @Nullable String ticket) {
    this.hub = hub;
    this.ticket = ticket;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    number = hub.connected(ticket, this);
    opened.demand();
  }

  @Override
  public void onWebSocketText(String message) {
    hub.received(message);
    demand();
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    demand();
  }

  @Override
  public void onWebSocketPing(ByteBuffer payload) {
    Session open = session;
    if (open != null && !silent) {
      if (!pongless) {
        open.sendPong(payload, Callback.NOOP);
      }
      demand();
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    demand();
  }

  @Override
  public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
    number.ifPresent(hub::disconnected);
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    log.debug("A Socket Mode WebSocket failed: {}", cause.toString());
    number.ifPresent(hub::disconnected);
  }

  @Override
  public void text(String text) {
    Session open = session;
    if (open != null && open.isOpen()) {
      open.sendText(text, Callback.NOOP);
    }
  }

  @Override
  public void ping() {
    Session open = session;
    if (open != null && open.isOpen()) {
      open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }
  }

  @Override
  public void close(int status, String reason) {
    Session open = session;
    if (open != null) {
      open.close(status, reason, Callback.NOOP);
    }
  }

  @Override
  public void fallSilent() {
    silent = true;
  }

  @Override
  public void ignorePings() {
    pongless = true;
  }

  private void demand() {
    Session open = session;
    if (open != null && !silent) {
      open.demand();
    }
  }
}
