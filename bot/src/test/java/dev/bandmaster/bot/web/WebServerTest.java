package dev.bandmaster.bot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  private final Meters meters = new Meters();
  private Optional<WebServer> server = Optional.empty();

  @AfterEach
  void stop() {
    server.ifPresent(WebServer::close);
    client.close();
  }

  private void start(Optional<String> token) {
    WebServer started = new WebServer("127.0.0.1", 0, token);
    server = Optional.of(started);
    started.start(this::health, meters::scrape, PostBox.NONE);
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
}
