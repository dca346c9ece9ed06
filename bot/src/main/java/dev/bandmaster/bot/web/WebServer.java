package dev.bandmaster.bot.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health/live}, {@code /health/ready} and {@code /metrics}, and takes what is
 * posted under {@code /webhooks/}. It takes its port when it is made, so that a port in use is
 * known before anything else has begun, and answers once started.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Requests that may wait to be accepted. */
  private static final int BACKLOG = 50;

  /** Seconds that a client may take to send its request or to read its answer. */
  private static final String PATIENCE = "10";

  private static final String WEBHOOKS = "/webhooks/";

  /**
   * Bytes that nobody wants and that are read all the same: a client that is still sending would
   * not see its answer otherwise.
   */
  private static final int PATIENTLY_READ = 4 << 20;

  private final HttpServer server;
  private final Optional<byte[]> token;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("web-", 0).factory());

  /**
   * An answer.
   *
   * @param type the media type
   */
  private record Page(int status, String type, String body) {
    private static Page text(int status, String body) {
      return new Page(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  /**
   * Takes the port.
   *
   * @param port 0 takes a free one
   * @param token what whoever asks must show, except for being alive
   * @throws UncheckedIOException if the port cannot be taken; the message says what to do
   */
  public WebServer(String bind, int port, Optional<String> token) {
    System.setProperty("sun.net.httpserver.maxReqTime", PATIENCE);
    System.setProperty("sun.net.httpserver.maxRspTime", PATIENCE);
    this.token = token.map(text -> ("Bearer " + text).getBytes(StandardCharsets.UTF_8));
    try {
      this.server = HttpServer.create(new InetSocketAddress(bind, port), BACKLOG);
    } catch (BindException taken) {
      throw new UncheckedIOException(
          "The web page cannot listen on %s:%d (%s). Stop what uses that port, or set another 'web.port'; 0 takes a free one."
              .formatted(bind, port, taken.getMessage()),
          taken);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "The web page cannot listen on %s:%d: %s".formatted(bind, port, failed.getMessage()),
          failed);
    }
  }

  /**
   * Begins to answer.
   *
   * @param health asked for each look at the health
   * @param metrics asked for each look at the figures; Prometheus's text format
   * @param posts given what is posted; whether it may be is for them to say
   */
  public void start(Supplier<Health> health, Supplier<String> metrics, PostBox posts) {
    server.setExecutor(threads);
    server.createContext(WEBHOOKS, exchange -> take(exchange, posts));
    server.createContext("/", exchange -> answer(exchange, health, metrics));
    server.start();
    LOG.info("Health and metrics are on http://{}:{}/", host(), port());
  }

  private String host() {
    return server.getAddress().getHostString();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange, Supplier<Health> health, Supplier<String> metrics) {
    try (exchange) {
      write(exchange, page(exchange, health, metrics));
    } catch (IOException gone) {
      LOG.debug("A page was not taken: {}", gone.getMessage());
    } catch (RuntimeException fault) {
      LOG.error("A page could not be made", fault);
    }
  }

  private static void take(HttpExchange exchange, PostBox posts) {
    try (exchange) {
      PostBox.Answer answer =
          exchange.getRequestMethod().equals("POST")
              ? posts.take(post(exchange))
              : new PostBox.Answer(405, "{\"error\":\"not_a_post\",\"message\":\"Only POST.\"}");
      Headers headers = exchange.getResponseHeaders();
      answer
          .retryAfter()
          .ifPresent(after ->
              headers.set(
                  "Retry-After", Long.toString(Math.max(1, after.plusMillis(999).toSeconds()))));
      if (answer.status() == 405) {
        headers.set("Allow", "POST");
      }
      if (answer.challenge()) {
        headers.set("WWW-Authenticate", "Bearer");
      }
      discard(exchange.getRequestBody());
      write(exchange, new Page(answer.status(), "application/json", answer.json() + "\n"));
    } catch (IOException gone) {
      LOG.debug("A delivery or its answer was not taken: {}", gone.getMessage());
    } catch (RuntimeException fault) {
      LOG.error("A delivery could not be answered", fault);
    }
  }

  private static PostBox.Post post(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    return new PostBox.Post(
        exchange.getRequestURI().getPath().substring(WEBHOOKS.length()),
        name -> Optional.ofNullable(headers.getFirst(name)),
        Optional.ofNullable(headers.getFirst("Content-Length"))
            .filter(length -> length.matches("[0-9]{1,18}"))
            .map(Long::valueOf),
        exchange.getRequestBody());
  }

  private static void discard(InputStream body) throws IOException {
    byte[] buffer = new byte[8_192];
    int left = PATIENTLY_READ;
    int read = 0;
    while (left > 0 && read >= 0) {
      left -= read;
      read = body.read(buffer);
    }
  }

  private Page page(HttpExchange exchange, Supplier<Health> health, Supplier<String> metrics) {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Page.text(405, "Only GET.");
    }
    if (path.equals("/health/live")) {
      return Page.text(200, "alive");
    }
    if (!mayAsk(exchange)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      return Page.text(401, "Show the token: 'Authorization: Bearer …'.");
    }
    return switch (path) {
      case "/health/ready" -> {
        Health now = health.get();
        yield new Page(now.isReady() ? 200 : 503, "application/json", now.json() + "\n");
      }
      case "/metrics" -> new Page(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
      default ->
          Page.text(404, "There are /health/live, /health/ready, /metrics and /webhooks/<name>.");
    };
  }

  /** Compares in a time that does not depend on how much of a guess is right. */
  private boolean mayAsk(HttpExchange exchange) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    return token.isEmpty()
        || (shown != null
            && MessageDigest.isEqual(token.get(), shown.getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(HttpExchange exchange, Page page) throws IOException {
    byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", page.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(page.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(page.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
