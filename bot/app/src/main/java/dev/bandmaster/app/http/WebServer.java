package dev.bandmaster.app.http;

import dev.bandmaster.engine.webhooks.WebhookEndpoint;
import dev.bandmaster.http.BoundedServer;
import dev.bandmaster.http.HttpBounds;
import dev.bandmaster.http.TlsIdentity;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.router.EndpointNotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health/live}, {@code /health/ready} and {@code /metrics}, and takes what is
 * posted under {@code /webhooks/}. It takes its port when it is made, so that a port in use is
 * known before anything else has begun, and answers once started.
 *
 * <p>More is served by adding {@link Routes}. All but being alive, webhooks and what decides itself
 * who may ask is behind the token.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final BoundedServer server;
  private final String bind;
  private final String scheme;
  private final Optional<byte[]> token;

  /** Paths below which routes decide themselves who may ask. */
  private volatile List<String> guarded = List.of();

  /**
   * Takes the port.
   *
   * @param port 0 takes a free one
   * @param token the token clients must send, except for the liveness check
   * @throws UncheckedIOException if the port cannot be taken; the message says what to do
   */
  public WebServer(String bind, int port, Optional<String> token) {
    this(bind, port, token, HttpBounds.STANDARD);
  }

  /** The same within other bounds. */
  public WebServer(String bind, int port, Optional<String> token, HttpBounds bounds) {
    this(bind, port, token, bounds, Optional.empty());
  }

  /**
   * The same, over TLS.
   *
   * @param tls with what it proves who it is; empty for plain HTTP
   */
  public WebServer(
      String bind, int port, Optional<String> token, HttpBounds bounds, Optional<TlsIdentity> tls) {
    this.bind = bind;
    this.scheme = tls.isPresent() ? "https" : "http";
    this.token = token.map(text -> ("Bearer " + text).getBytes(StandardCharsets.UTF_8));
    try {
      this.server = new BoundedServer("web", bind, port, bounds, tls);
    } catch (BindException taken) {
      throw new UncheckedIOException(
          "The web server cannot listen on %s:%d (%s). Stop the program that uses the port, or set another 'web.port'; 0 picks a free one."
              .formatted(bind, port, taken.getMessage()),
          taken);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "The web server cannot listen on %s:%d: %s".formatted(bind, port, failed.getMessage()),
          failed);
    }
  }

  /**
   * Begins to answer.
   *
   * @param health asked for each look at the health
   * @param metrics called for each scrape; returns the Prometheus text format
   * @param posts given what is posted; whether it may be is for them to say
   * @param more what else is served
   */
  public void start(
      Supplier<Health> health, Supplier<String> metrics, WebhookEndpoint posts, Routes... more) {
    List<Routes> all = new ArrayList<>();
    all.add(new HealthRoutes(health, metrics));
    all.add(new WebhookRoutes(posts));
    all.addAll(List.of(more));
    guarded = all.stream().flatMap(routes -> routes.guardedByThemselves().stream()).toList();
    server.start(config -> configure(config, all));
    LOG.info("Serving health and metrics at {}://{}:{}/", scheme, bind, port());
  }

  private void configure(JavalinConfig config, List<Routes> all) {
    config.router.ignoreTrailingSlashes = false;
    config.routes.beforeMatched(this::admit);
    config.routes.exception(EndpointNotFound.class, (missing, context) -> answerUnknown(context));
    config.routes.exception(UnauthorizedResponse.class, (denied, context) -> challenge(context));
    config.routes.exception(RuntimeException.class, WebServer::answerFault);
    config.routes.after(WebServer::protect);
    all.forEach(routes -> routes.addTo(config.routes));
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** What is counted about connections. */
  public BoundedServer server() {
    return server;
  }

  private void admit(Context context) {
    String path = context.path();
    if (!path.equals(HealthRoutes.LIVE)
        && !path.startsWith(WebhookRoutes.PREFIX)
        && guarded.stream().noneMatch(path::startsWith)
        && !mayAsk(context)) {
      throw new UnauthorizedResponse();
    }
  }

  /** Compares in a time that does not depend on how much of a guess is right. */
  private boolean mayAsk(Context context) {
    String shown = context.header("Authorization");
    return token.isEmpty()
        || (shown != null
            && MessageDigest.isEqual(token.get(), shown.getBytes(StandardCharsets.UTF_8)));
  }

  private static void challenge(Context context) {
    context.header("WWW-Authenticate", "Bearer");
    text(context, 401, "A token is required: 'Authorization: Bearer …'.");
  }

  private void answerUnknown(Context context) {
    String method = context.req().getMethod();
    if (context.path().startsWith(WebhookRoutes.PREFIX)) {
      WebhookRoutes.write(
          context,
          new WebhookEndpoint.Answer(
              405, "{\"error\":\"not_a_post\",\"message\":\"Only POST is allowed.\"}"));
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      text(context, 405, "Only GET is allowed.");
    } else if (!mayAsk(context)) {
      challenge(context);
    } else {
      text(
          context,
          404,
          "Not found. Available: /health/live, /health/ready, /metrics and " + "/webhooks/<name>.");
    }
  }

  private static void answerFault(RuntimeException fault, Context context) {
    LOG.error("Request {} failed", context.path(), fault);
    text(context, 500, "Internal error. See the bot's log for details.");
  }

  private static void text(Context context, int status, String sentence) {
    context.status(status).contentType("text/plain; charset=utf-8").result(sentence + "\n");
  }

  private static void protect(Context context) {
    context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
  }

  @Override
  public void close() {
    server.close();
  }
}
