package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault a script can ask for by its name, as a client sees it. */
@Timeout(60)
final class NamedFaultsTest {
  private final SlackSimulator simulator =
      SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults());
  private final Door door = new Door(simulator);

  @AfterEach
  void stop() {
    door.close();
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'html_body'}                     | 200 | <!DOCTYPE html>",
        "{'kind':'html_body','status':503}        | 503 | <!DOCTYPE html>",
        "{'kind':'empty_body'}                    | 200 | ''",
        "{'kind':'bad_json'}                      | 200 | {\"ok\":true",
        "{'kind':'redirect'}                      | 302 | <!DOCTYPE html>",
        "{'kind':'http_status','status':408}      | 408 | ''",
        "{'kind':'rate_limit_without_header'}     | 429 | {\"ok\":false,\"error\":\"ratelimited\"}",
        "{'kind':'ratelimited'}                   | 200 | {\"ok\":false,\"error\":\"ratelimited\"}",
        "{'kind':'error','error':'token_revoked'} | 200 | {\"ok\":false,\"error\":\"token_revoked\"}",
        "{'kind':'slow_drip','ms':1}              | 200 | {\"ok\":true",
      })
  void simulatorM5_anAnswerIsSpoiltByNameOnceAndForOneMethod(String fault, int status, String body)
      throws Exception {
    door.sim("fault", fault.replaceFirst("}$", ",'method':'auth.test'}"));
    assertThat(door.api("users.list", "{}").path("ok").asBoolean()).as("another method").isTrue();
    HttpResponse<String> spoilt = door.call("auth.test", "{}");
    assertThat(spoilt.statusCode()).isEqualTo(status);
    assertThat(spoilt.body()).startsWith(body);
    assertThat(spoilt.headers().firstValue("Retry-After")).isEmpty();
    assertThat(door.api("auth.test", "{}").path("ok").asBoolean()).as("the next call").isTrue();
  }

  @Test
  void simulatorM5_anyErrorCodeIsAnsweredSoOften() throws Exception {
    door.sim("fault", "{'kind':'error','error':'msg_too_long','method':'auth.test','count':2}");
    for (String expected : new String[] {"msg_too_long", "msg_too_long", ""}) {
      assertThat(Json.text(door.api("auth.test", "{}"), "error")).isEqualTo(expected);
    }
    assertThat(door.post("fault", "{'kind':'error','error':'<b>'}").statusCode()).isEqualTo(400);
  }

  @Test
  void simulatorM5_aCutAnswerIsOfACallThatWasCarriedOut() throws Exception {
    for (String kind : new String[] {"bad_json", "empty_body", "slow_drip"}) {
      door.sim("fault", "{'kind':'" + kind + "','ms':1}");
      var _ = door.call("chat.postMessage", "{'channel':'ops','text':'" + kind + "'}");
      assertThat(simulator.messages("ops").getLast().text()).isEqualTo(kind);
    }
    door.sim("fault", "{'kind':'html_body'}");
    var _ = door.call("chat.postMessage", "{'channel':'ops','text':'never'}");
    assertThat(simulator.messages("ops").getLast().text()).isEqualTo("slow_drip");
  }

  @Test
  void simulatorM5_aHandshakeIsClosedWithoutAnAnswer() throws Exception {
    door.sim("fault", "{'kind':'closed_handshake','count':0}"); // the client tries by itself again
    try (Socket closed = new Socket()) {
      assertThatThrownBy(() -> closed.open(url())).isNotNull();
      assertThat(simulator.connections()).isZero();
      door.sim("fault", "{'kind':'clear'}");
      closed.open(url());
      assertThat(closed.hello.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void simulatorM5_aSocketGetsNoHelloButWhatIsSent() throws Exception {
    door.sim("fault", "{'kind':'no_hello'}");
    try (Socket quiet = new Socket()) {
      quiet.open(url());
      simulator.say("ann", "ops", "@bandmaster ping");
      assertThat(quiet.envelope.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(quiet.hello.getCount()).isEqualTo(1);
    }
  }

  @Test
  void simulatorM5_pingsStayUnansweredWhileEnvelopesCome() throws Exception {
    try (Socket socket = new Socket()) {
      WebSocket open = socket.open(url());
      open.sendPing(ByteBuffer.allocate(1)).join();
      assertThat(socket.pong.await(30, TimeUnit.SECONDS)).isTrue();
      door.sim("fault", "{'kind':'unanswered_pings'}");
      open.sendPing(ByteBuffer.allocate(1)).join();
      simulator.say("ann", "ops", "@bandmaster ping");
      assertThat(socket.envelope.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(socket.pongs.get()).isEqualTo(1);
    }
  }

  private URI url() throws Exception {
    JsonNode opened =
        Door.body(door.call("apps.connections.open", "{}", simulator.workspace().bot().appToken()));
    return URI.create(Json.text(opened, "url"));
  }

  /** A client that notes what comes and acknowledges nothing. */
  private static final class Socket implements WebSocket.Listener, AutoCloseable {
    final CountDownLatch hello = new CountDownLatch(1);
    final CountDownLatch envelope = new CountDownLatch(1);
    final CountDownLatch pong = new CountDownLatch(1);
    final AtomicInteger pongs = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final StringBuilder text = new StringBuilder();

    WebSocket open(URI url) {
      return client.newWebSocketBuilder().buildAsync(url, this).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode frame = Json.parse(text.toString()).orElseThrow();
        text.setLength(0);
        (frame.has("envelope_id") ? envelope : hello).countDown();
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      pongs.incrementAndGet();
      pong.countDown();
      from.request(1);
      return null;
    }

    @Override
    public void close() {
      client.shutdownNow();
      client.close();
    }
  }
}
