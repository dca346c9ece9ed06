package dev.bandmaster.simulator.http;

import dev.bandmaster.simulator.socket.SocketHub;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServlet;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServletFactory;

/** Makes an endpoint for every WebSocket that comes with a ticket. */
final class SocketServlet extends JettyWebSocketServlet {
  /** Acknowledgements may carry a modal; nothing bigger comes from an app. In bytes. */
  private static final long LARGEST_MESSAGE = 1_000_000;

  private final transient SocketHub hub;

  SocketServlet(SocketHub hub) {
    this.hub = hub;
  }

  @Override
  protected void configure(JettyWebSocketServletFactory factory) {
    factory.setIdleTimeout(Duration.ZERO);
    factory.setMaxTextMessageSize(LARGEST_MESSAGE);
    factory.setCreator((request, _) -> {
      if (hub.closesHandshake()) {
        Connections.close(request.getHttpServletRequest());
        return null;
      }
      List<String> tickets = request.getParameterMap().getOrDefault("ticket", List.of());
      return new SocketEndpoint(hub, tickets.isEmpty() ? null : tickets.getFirst());
    });
  }
}
