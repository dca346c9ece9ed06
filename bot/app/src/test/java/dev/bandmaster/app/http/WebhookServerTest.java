package dev.bandmaster.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.alerts.AlertRoutes;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.engine.webhooks.SampleDeliveries;
import dev.bandmaster.engine.webhooks.WebhookReceiver;
import dev.bandmaster.store.TestStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deliveries over HTTP, to the page on which health and metrics are. */
class WebhookServerTest {
  @RegisterExtension private final TestStore store = new TestStore(InstantSource.system());
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server = new WebServer("127.0.0.1", 0, Optional.of("token-of-the-page"));

  @BeforeEach
  void start() {
    InstantSource clock = InstantSource.system();
    AlertService alerts =
        new AlertService(
            store,
            new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
            new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
            clock);
    server.start(
        () -> new Health("bot-1", List.of()),
        () -> "",
        new WebhookReceiver(SampleDeliveries.sources(), store, alerts, clock));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private HttpRequest.Builder to(String name) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/webhooks/%s".formatted(server.port(), name)))
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return response;
  }

  private static HttpRequest.Builder shown(HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + SampleDeliveries.TOKEN);
  }

  private HttpResponse<String> deliver() throws IOException, InterruptedException {
    return send(
        shown(to("prometheus")).POST(BodyPublishers.ofString(SampleDeliveries.ALERTMANAGER)));
  }

  @Test
  void alertA9_aDeliveryOverHttpIsAnAlert() throws IOException, InterruptedException {
    HttpResponse<String> response = deliver();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"status\":\"taken\"");
    assertThat(store.alerts().open(10)).hasSize(1);
  }

  @Test
  void alertA9_aSignedDeliveryOverHttpIsTakenOnce() throws IOException, InterruptedException {
    Map<String, String> headers = SampleDeliveries.signed(SampleDeliveries.PLAIN, Instant.now());
    HttpRequest.Builder request =
        to("scripts").POST(BodyPublishers.ofString(SampleDeliveries.PLAIN));
    headers.forEach(request::header);
    assertThat(send(request).statusCode()).isEqualTo(200);
    HttpResponse<String> again = send(request);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("\"error\":\"replayed\"");
  }

  @Test
  void thePagesTokenOpensNoWebhook() throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            to("prometheus")
                .header("Authorization", "Bearer token-of-the-page")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void aClientThatSendsTooMuchSeesItsAnswer() throws IOException, InterruptedException {
    byte[] large = new byte[3 << 20];
    HttpResponse<String> said =
        send(shown(to("prometheus")).POST(BodyPublishers.ofByteArray(large)));
    assertThat(said.statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        send(
            shown(to("prometheus"))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));
    assertThat(chunked.statusCode()).isEqualTo(413);
    HttpResponse<String> stranger =
        send(to("prometheus").POST(BodyPublishers.ofByteArray(new byte[900_000])));
    assertThat(stranger.statusCode()).isEqualTo(401);
  }

  @Test
  void retriesAreInvitedInSeconds() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        shown(to("slow"))
            .POST(BodyPublishers.ofString("{\"dedupe_key\":\"k\",\"status\":\"resolved\"}"));
    send(request);
    send(request);
    HttpResponse<String> third = send(request);
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After").map(Integer::valueOf))
        .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 30));
    store.setAway(true);
    HttpResponse<String> away = deliver();
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.headers().firstValue("Retry-After")).contains("10");
  }

  @Test
  void onlyAPostIsADelivery() throws IOException, InterruptedException {
    HttpResponse<String> response = send(shown(to("prometheus")).GET());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
  }

  /** The connection ends in the middle of the body; the next delivery is not disturbed. */
  @Test
  void whatIsCutOffIsNotTaken() throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /webhooks/prometheus HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                  + "Authorization: Bearer "
                  + SampleDeliveries.TOKEN
                  + "\r\nContent-Length: 5000\r\n\r\n"
                  + SampleDeliveries.ALERTMANAGER.substring(0, 400))
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
    assertThat(store.alerts().open(10)).isEmpty();
    assertThat(deliver().statusCode()).isEqualTo(200);
  }
}
