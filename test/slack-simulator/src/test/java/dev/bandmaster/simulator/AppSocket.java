package dev.bandmaster.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A small app: acknowledges every envelope, with what {@code answer} makes of its payload. */
final class AppSocket implements WebSocket.Listener, AutoCloseable {
  /** What the app received, oldest first. */
  final List<JsonNode> payloads = new CopyOnWriteArrayList<>();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Function<JsonNode, JsonNode> answer;
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private AppSocket(Function<JsonNode, JsonNode> answer) {
    this.answer = answer;
  }

  static AppSocket connect(SlackSimulator simulator, Door door, Function<JsonNode, JsonNode> answer)
      throws IOException, InterruptedException {
    JsonNode opened =
        Door.body(door.call("apps.connections.open", "{}", simulator.workspace().bot().appToken()));
    AppSocket app = new AppSocket(answer);
    app.socket =
        app.client
            .newWebSocketBuilder()
            .buildAsync(URI.create(Json.text(opened, "url")), app)
            .join();
    app.greeted.join();
    return app;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      JsonNode frame = Json.parse(text.toString()).orElseThrow();
      text.setLength(0);
      if (Json.text(frame, "type").equals("hello")) {
        greeted.complete(true);
      }
      if (frame.has("envelope_id")) {
        payloads.add(frame.path("payload"));
        ObjectNode reply = Json.object().set("envelope_id", frame.path("envelope_id"));
        JsonNode with = answer.apply(frame.path("payload"));
        if (!with.isMissingNode()) {
          reply.set("payload", with);
        }
        from.sendText(reply.toString(), true).join();
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
    client.close();
  }
}
