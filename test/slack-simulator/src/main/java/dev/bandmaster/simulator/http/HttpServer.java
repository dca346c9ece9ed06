package dev.bandmaster.simulator.http;

import dev.bandmaster.http.BoundedServer;
import dev.bandmaster.http.HttpBounds;
import dev.bandmaster.simulator.api.ResponseUrls;
import dev.bandmaster.simulator.api.WebApi;
import dev.bandmaster.simulator.control.Control;
import dev.bandmaster.simulator.control.Interactions;
import dev.bandmaster.simulator.control.Lab;
import dev.bandmaster.simulator.page.SideAction;
import dev.bandmaster.simulator.socket.SocketHub;
import dev.bandmaster.simulator.world.World;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** The one port on the loopback interface, and everything behind it. */
public final class HttpServer implements AutoCloseable {
  /**
   * Everybody who uses a simulator is on this machine, so one address may have all connections, and
   * a load test may ask 20,000 times a second. Uploads are the largest requests. A fault that is
   * played may delay an answer by minutes.
   */
  public static final HttpBounds BOUNDS =
      new HttpBounds(
          1_024,
          1_024,
          16 << 10,
          100,
          12 << 10,
          64L << 20,
          192L << 20,
          new HttpBounds.Times(
              Duration.ofSeconds(10),
              Duration.ofSeconds(60),
              Duration.ofMinutes(30),
              Duration.ofSeconds(60)),
          new HttpBounds.Rate(20_000, 40_000, 64));

  private final BoundedServer server;

  /** What the routes stand on. */
  public record Parts(
      World world,
      WebApi api,
      ResponseUrls responses,
      SocketHub hub,
      Control control,
      Interactions interactions,
      Lab lab,
      String sideTitle,
      List<SideAction> sidePanel,
      List<String> suggestions) {}

  private HttpServer(BoundedServer server) {
    this.server = server;
  }

  /** Starts serving on 127.0.0.1; port 0 takes a free one. */
  public static HttpServer start(int port, Parts parts) {
    return start(port, parts, BOUNDS);
  }

  /** The same within other bounds. */
  static HttpServer start(int port, Parts parts, HttpBounds bounds) {
    BoundedServer server;
    try {
      server = new BoundedServer("simulator", "127.0.0.1", port, bounds);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "The simulated Slack cannot listen on 127.0.0.1:%d: %s"
              .formatted(port, failed.getMessage()),
          failed);
    }
    Feed feed = new Feed();
    parts.world().listen(feed::on);
    server.onClose(feed::close);
    server.start(config -> configure(config, parts, feed));
    return new HttpServer(server);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** How many connections are open. */
  public int connections() {
    return server.connections();
  }

  @Override
  public void close() {
    server.close();
  }

  private static void configure(JavalinConfig config, Parts parts, Feed feed) {
    config.jetty.modifyServletContextHandler(context ->
        context.addServlet(new ServletHolder(new SocketServlet(parts.hub())), "/link/*"));
    Furniture furniture = new Furniture(parts.world(), parts.hub()::connections);
    new ApiRoutes(parts.api(), parts.responses()).addTo(config.routes);
    new FileRoutes(parts.world().files(), parts.world().workspace().bot()).addTo(config.routes);
    new ControlRoutes(parts.control(), parts.interactions()).addTo(config.routes);
    new LabRoutes(parts.lab()).addTo(config.routes);
    new PageRoutes(feed, furniture, parts.sideTitle(), parts.sidePanel(), parts.suggestions())
        .addTo(config.routes);
  }
}
