package dev.bandmaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.hostile.HostileClients;
import io.javalin.config.JavalinConfig;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server on 127.0.0.1 and clients that mean no good. */
@Timeout(300)
class BoundedServerTest {
  private static final HttpBounds SMALL =
      HttpBounds.STANDARD
          .withConnections(48, 40)
          .withBodies(64 << 10, 512 << 10)
          .withRate(new HttpBounds.Rate(1_000_000, 1_000_000, 16));

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(2);
  private final CompletableFuture<Thread> streaming = new CompletableFuture<>();

  /** The server's clock stands still until it is moved. */
  private final AtomicLong now = new AtomicLong(System.nanoTime());

  private Optional<BoundedServer> server = Optional.empty();

  @AfterEach
  void stop() {
    release.countDown();
    server.ifPresent(BoundedServer::close);
    client.close();
  }

  private BoundedServer start(HttpBounds bounds) throws IOException {
    BoundedServer started = new BoundedServer("test", "127.0.0.1", 0, bounds, now::get);
    server = Optional.of(started);
    started.start(this::routes);
    return started;
  }

  private void routes(JavalinConfig config) {
    ConcurrencyLimit two = new ConcurrencyLimit(2);
    config.routes.get("/health/live", context -> context.result("alive"));
    config.routes.post("/echo", context -> context.result(context.body()));
    config.routes.post("/webhooks/any", context -> context.result(context.body()));
    config.routes.get(
        "/fault",
        context -> {
          throw new IllegalStateException("for ever");
        });
    config.routes.get(
        "/hang",
        two.limit(context -> {
          hanging.countDown();
          release.await();
        }));
    config.routes.sse("/stream", this::stream);
  }

  /** A page's stream, written as such things are: it goes on until it is interrupted. */
  private void stream(SseClient page) {
    streaming.complete(Thread.currentThread());
    page.sendEvent("hello", "x");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      page.close();
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.orElseThrow().port() + path);
  }

  private RawClient raw() throws IOException {
    return new RawClient(server.orElseThrow().port());
  }

  @Test
  void trustT17_aThousandHostileConnectionsKeepNobodyOut() throws Exception {
    BoundedServer started = start(SMALL);
    try (HostileClients hostile =
        HostileClients.open(started.port(), 1_000, HostileClients.Kind.values())) {
      for (int i = 0; i < 20; i++) {
        hostile.goOn();
        assertThat(get("/health/live").statusCode()).as("round %d", i).isEqualTo(200);
        assertThat(post("/echo", "honest").body()).as("round %d", i).isEqualTo("honest");
        assertThat(started.bodyBytes()).isLessThanOrEqualTo(512 << 10);
      }
      assertThat(started.mostConnections()).as("held at the same time").isLessThanOrEqualTo(48);
      assertThat(started.refused("connections")).isGreaterThan(900);
      hostile.listen();
      assertThat(hostile.answers()).as("what was said to them").containsKeys(431, 503);
    }
  }

  @Test
  void trustT17_headersThatDoNotEndInTimeAreRefused() throws Exception {
    start(SMALL);
    try (RawClient slow = raw();
        RawClient silent = raw()) {
      slow.send("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: a");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
      now.addAndGet(Duration.ofSeconds(11).toNanos());
      assertThat(slow.readAll()).startsWith("HTTP/1.1 408 ");
      assertThat(silent.readAll()).startsWith("HTTP/1.1 408 ");
    }
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void trustT17_aBodyThatDoesNotEndInTimeIsRefused() throws Exception {
    start(SMALL);
    try (RawClient slow = raw()) {
      slow.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab");
      while (server.orElseThrow().bodyBytes() < 2) {
        Thread.onSpinWait();
      }
      now.addAndGet(Duration.ofSeconds(11).toNanos());
      assertThat(slow.readAll()).startsWith("HTTP/1.1 408 ").contains("took too long");
    }
    while (server.orElseThrow().bodyBytes() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void trustT17_aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
    start(SMALL);
    HttpResponse<String> announced = post("/echo", "x".repeat(100 << 10));
    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(announced.body()).contains("too large");
    try (RawClient chunked = raw()) {
      chunked.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      String chunk = "4000\r\n" + "c".repeat(0x4000) + "\r\n";
      chunked.send(chunk.repeat(4)).send("1\r\nx\r\n");
      assertThat(chunked.readAll()).startsWith("HTTP/1.1 413 ");
    }
    assertThat(post("/echo", "x".repeat(60 << 10)).statusCode()).isEqualTo(200);
  }

  @Test
  void trustT17_aLongTargetAndManyOrLargeHeadersAreRefused() throws Exception {
    start(SMALL);
    try (RawClient target = raw();
        RawClient endless = raw();
        RawClient many = raw();
        RawClient large = raw()) {
      target.send("GET /" + "t".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(target.readAll()).startsWith("HTTP/1.1 414 ").contains("Connection: close");
      endless.send("GET /" + "t".repeat(9_000));
      assertThat(endless.readAll()).startsWith("HTTP/1.1 414 ");
      many.send("GET /health/live HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(200) + "\r\n");
      assertThat(many.readAll()).startsWith("HTTP/1.1 431 ");
      large.send("GET /health/live HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(9_000));
      assertThat(large.readAll()).startsWith("HTTP/1.1 431 ").doesNotContain("Jetty");
    }
  }

  @Test
  void trustT17_oneAddressThatAsksTooOftenLearnsWhenToRetry() throws Exception {
    start(SMALL.withRate(new HttpBounds.Rate(1, 3, 16)));
    for (int i = 0; i < 3; i++) {
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = get("/health/live");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void trustT17_aHandlerThatHangsOrThrowsStopsNoOtherRequest() throws Exception {
    start(SMALL);
    try (RawClient first = raw();
        RawClient second = raw()) {
      first.send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n");
      second.send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
      HttpResponse<String> third = get("/hang");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.headers().firstValue("Retry-After")).contains("1");
      for (int i = 0; i < 100; i++) {
        assertThat(get("/fault").statusCode()).isEqualTo(500);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
      }
      now.addAndGet(Duration.ofSeconds(61).toNanos());
      assertThat(first.readAll()).as("nobody waits for ever").isEmpty();
    }
  }

  @Test
  void trustT17_anOpenStreamOutlastsTheTimesAndKeepsNobodyFromStopping() throws Exception {
    BoundedServer started = start(SMALL);
    try (RawClient page = raw()) {
      page.send("GET /stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
      page.readUntil("event: hello");
      Thread thread = streaming.get(60, TimeUnit.SECONDS);
      now.addAndGet(Duration.ofMinutes(10).toNanos());
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
      assertThat(started.connections()).as("the page and the client").isEqualTo(2);
      started.close();
      assertThat(thread.join(Duration.ofSeconds(60))).as("the stream's thread has ended").isTrue();
    }
  }
}
