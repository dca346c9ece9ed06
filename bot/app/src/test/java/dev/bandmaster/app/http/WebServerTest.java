package dev.bandmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.engine.webhooks.WebhookEndpoint;
import dev.bandmaster.hostile.HostileClients;
import dev.bandmaster.http.HttpBounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean busIsUp = new AtomicBoolean(true);
  private final MetricRegistry meters = new MetricRegistry();
  private Optional<WebServer> server = Optional.empty();

  @AfterEach
  void stop() {
    server.ifPresent(WebServer::close);
    client.close();
  }

  private void start(Optional<String> token) {
    WebServer started = new WebServer("127.0.0.1", 0, token);
    server = Optional.of(started);
    started.start(this::health, meters::scrape, WebhookEndpoint.NONE);
  }

  private Health health() {
    return new Health(
        "bot-1",
        List.of(
            new Health.Part("store", true, NOON, ""),
            new Health.Part("bus", busIsUp.get(), NOON, busIsUp.get() ? "" : "refused")));
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.orElseThrow().port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void everyPartIsNamedAndOneThatIsDownMakesTheBotNotReady() throws Exception {
    start(Optional.empty());
    HttpResponse<String> good = send("GET", "/health/ready");
    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(good.headers().firstValue("Content-Type")).contains("application/json");
    busIsUp.set(false);
    HttpResponse<String> bad = send("GET", "/health/ready");
    assertThat(bad.statusCode()).isEqualTo(503);
    JsonNode json = new ObjectMapper().readTree(bad.body());
    assertThat(json.path("ready").asBoolean(true)).isFalse();
    assertThat(json.path("replica").asText()).isEqualTo("bot-1");
    assertThat(json.path("parts").path("store").path("state").asText()).isEqualTo("up");
    assertThat(json.path("parts").path("bus").path("state").asText()).isEqualTo("down");
    assertThat(json.path("parts").path("bus").path("reason").asText()).isEqualTo("refused");
    assertThat(json.path("parts").path("bus").path("since").asText()).isEqualTo(NOON.toString());
    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void figuresAreInPrometheusesFormat() throws Exception {
    meters.counter("bandmaster.inbox.received", "Deliveries.", () -> 7);
    meters.gauge("bandmaster.outbox.waiting", "Waiting.", () -> 3, "kind", "post");
    meters.gauge(
        "bandmaster.broken",
        "Cannot be had.",
        () -> {
          throw new IllegalStateException("away");
        });
    meters.timer("bandmaster.slack.acknowledgement", "Acks.").record(Duration.ofMillis(20));
    start(Optional.empty());
    HttpResponse<String> page = send("GET", "/metrics");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(page.body())
        .contains("# TYPE bandmaster_inbox_received_total counter")
        .contains("bandmaster_inbox_received_total 7.0")
        .contains("bandmaster_outbox_waiting{kind=\"post\"} 3.0")
        .contains("bandmaster_slack_acknowledgement_seconds_bucket{le=\"0.025\"} 1")
        .contains("bandmaster_slack_acknowledgement_seconds_bucket{le=\"0.01\"} 0")
        .contains("bandmaster_slack_acknowledgement_seconds_count 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/ready", "/anything"})
  void withoutTheTokenNothingIsSaid(String path) throws Exception {
    start(Optional.of("right"));
    assertThat(send("GET", path).statusCode()).isEqualTo(401);
    assertThat(send("GET", path, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(send("GET", path, "Authorization", "right").statusCode()).isEqualTo(401);
    assertThat(send("GET", path, "Authorization", "Bearer right").statusCode()).isNotEqualTo(401);
    assertThat(send("GET", "/health/live").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404",
    "GET, /metrics/../etc/passwd, 404",
    "POST, /metrics, 405",
    "DELETE, /health/live, 405",
    "POST, /webhooks/any, 404",
    "POST, /webhooks/, 404",
    "GET, /webhooks/any, 405",
    "HEAD, /metrics, 200"
  })
  void nothingElseIsThere(String method, String path, int status) throws Exception {
    start(Optional.empty());
    assertThat(send(method, path).statusCode()).isEqualTo(status);
  }

  @Test
  void aPortInUseIsNamedWithWhatToDo() {
    start(Optional.empty());
    int taken = server.orElseThrow().port();
    assertThatThrownBy(() -> new WebServer("127.0.0.1", taken, Optional.empty()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + taken)
        .hasMessageContaining("set another 'web.port'");
  }

  /** The attack and the honest come from one address here, so only the rate is raised. */
  @Test
  void trustT17_healthAndWebhooksAreAnsweredAmongAThousandHostileConnections() throws Exception {
    HttpBounds bounds = HttpBounds.STANDARD.withRate(new HttpBounds.Rate(1_000_000, 1_000_000, 16));
    WebServer started = new WebServer("127.0.0.1", 0, Optional.of("right"), bounds);
    server = Optional.of(started);
    started.start(
        this::health,
        meters::scrape,
        post -> {
          post.body().readAllBytes();
          return new WebhookEndpoint.Answer(200, "{}");
        });
    try (HostileClients hostile =
        HostileClients.open(started.port(), 1_000, HostileClients.Kind.values())) {
      for (int i = 0; i < 20; i++) {
        hostile.goOn();
        assertThat(send("GET", "/health/live").statusCode()).as("round %d", i).isEqualTo(200);
        assertThat(send("GET", "/health/ready", "Authorization", "Bearer right").statusCode())
            .as("round %d", i)
            .isEqualTo(200);
        assertThat(send("POST", "/webhooks/any").statusCode()).as("round %d", i).isEqualTo(200);
        assertThat(started.server().bodyBytes()).isLessThanOrEqualTo(bounds.allBodyBytes());
      }
      assertThat(started.server().mostConnections())
          .as("held at the same time")
          .isLessThanOrEqualTo(bounds.connections());
    }
  }

  @Test
  void trustT17_aWebhookThatHangsOrThrowsForEverStopsNothingElse() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch hanging = new CountDownLatch(20);
    WebServer started = new WebServer("127.0.0.1", 0, Optional.empty());
    server = Optional.of(started);
    started.start(
        this::health,
        meters::scrape,
        post ->
            switch (post.name()) {
              case "hangs" -> {
                hanging.countDown();
                await(release);
                yield new WebhookEndpoint.Answer(200, "{}");
              }
              case "throws" -> throw new IllegalStateException("for ever");
              default -> new WebhookEndpoint.Answer(200, "{}");
            });
    URI hangs = URI.create("http://127.0.0.1:%d/webhooks/hangs".formatted(started.port()));
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(
          client.sendAsync(
              HttpRequest.newBuilder(hangs).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    hanging.await();
    for (int i = 0; i < 10; i++) {
      assertThat(send("POST", "/webhooks/throws").statusCode()).isEqualTo(500);
      assertThat(send("POST", "/webhooks/other").statusCode()).isEqualTo(200);
      assertThat(send("GET", "/health/ready").statusCode()).isEqualTo(200);
    }
    release.countDown();
    for (CompletableFuture<HttpResponse<String>> each : waiting) {
      assertThat(each.join().statusCode()).isEqualTo(200);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void moreRoutesAreBehindTheToken() throws Exception {
    WebServer started = new WebServer("127.0.0.1", 0, Optional.of("right"));
    server = Optional.of(started);
    started.start(
        this::health,
        meters::scrape,
        WebhookEndpoint.NONE,
        routes -> routes.get("/api/more", context -> context.result("more")));
    assertThat(send("GET", "/api/more").statusCode()).isEqualTo(401);
    HttpResponse<String> shown = send("GET", "/api/more", "Authorization", "Bearer right");
    assertThat(shown.body()).isEqualTo("more");
    assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
  }
}
