package dev.bandmaster.simulator.http;

import dev.bandmaster.simulator.api.ResponseUrls;
import dev.bandmaster.simulator.api.WebApi;
import dev.bandmaster.simulator.control.Control;
import dev.bandmaster.simulator.control.Interactions;
import dev.bandmaster.simulator.control.Lab;
import dev.bandmaster.simulator.page.SideAction;
import dev.bandmaster.simulator.socket.SocketHub;
import dev.bandmaster.simulator.world.World;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** The one port on the loopback interface, and everything behind it. */
public final class HttpServer implements AutoCloseable {
  /** Bigger requests are refused; uploads are the biggest. In bytes. */
  private static final long LARGEST_REQUEST = 64L * 1024 * 1024;

  private final Javalin server;
  private final Feed feed;

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
      List<SideAction> sidePanel) {}

  private HttpServer(Javalin server, Feed feed) {
    this.server = server;
    this.feed = feed;
  }

  /** Starts serving on 127.0.0.1; port 0 takes a free one. */
  public static HttpServer start(int port, Parts parts) {
    Feed feed = new Feed();
    parts.world().listen(feed::on);
    Javalin server = Javalin.create(config -> configure(config, parts, feed));
    server.start("127.0.0.1", port);
    return new HttpServer(server, feed);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    feed.close();
    server.stop();
  }

  private static void configure(JavalinConfig config, Parts parts, Feed feed) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = LARGEST_REQUEST;
    config.jetty.modifyServletContextHandler(context ->
        context.addServlet(new ServletHolder(new SocketServlet(parts.hub())), "/link/*"));
    Furniture furniture = new Furniture(parts.world(), parts.hub()::connections);
    new ApiRoutes(parts.api(), parts.responses()).addTo(config.routes);
    new FileRoutes(parts.world().files(), parts.world().workspace().bot()).addTo(config.routes);
    new ControlRoutes(parts.control(), parts.interactions()).addTo(config.routes);
    new LabRoutes(parts.lab()).addTo(config.routes);
    new PageRoutes(feed, furniture, parts.sideTitle(), parts.sidePanel()).addTo(config.routes);
  }
}
