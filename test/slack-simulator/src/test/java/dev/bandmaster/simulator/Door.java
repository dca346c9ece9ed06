package dev.bandmaster.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;

/** The simulator's port as a plain HTTP client sees it. JSON may be written with single quotes. */
final class Door implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final SlackSimulator simulator;

  Door(SlackSimulator simulator) {
    this.simulator = simulator;
  }

  /** A Web API call with the bot token, as it is answered. */
  HttpResponse<String> call(String method, String json) throws IOException, InterruptedException {
    return call(method, json, simulator.workspace().bot().botToken());
  }

  HttpResponse<String> call(String method, String json, String token)
      throws IOException, InterruptedException {
    return send(
        simulator.apiUrl() + method,
        request -> {
          if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
          }
          request
              .header("Content-Type", "application/json; charset=utf-8")
              .POST(BodyPublishers.ofString(quoted(json)));
        });
  }

  /** The body of a Web API call's answer. */
  ObjectNode api(String method, String json) throws IOException, InterruptedException {
    return body(call(method, json));
  }

  /** A control request with a body. */
  HttpResponse<String> post(String name, String json) throws IOException, InterruptedException {
    return post(simulator.pageUrl() + "_sim/", name, json);
  }

  HttpResponse<String> post(String base, String name, String json)
      throws IOException, InterruptedException {
    return send(
        base + name,
        request ->
            request
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(quoted(json))));
  }

  /** The answer to a control request. */
  ObjectNode sim(String name, String json) throws IOException, InterruptedException {
    return body(post(name, json));
  }

  /** The answer to a control request without a body. */
  ObjectNode sim(String name) throws IOException, InterruptedException {
    return body(send(simulator.pageUrl() + "_sim/" + name, HttpRequest.Builder::GET));
  }

  /** Uploads text in Slack's three steps; returns the last answer. */
  ObjectNode upload(String name, String text, String channel)
      throws IOException, InterruptedException {
    JsonNode address =
        api(
            "files.getUploadURLExternal",
            "{'filename':'" + name + "','length':" + text.length() + "}");
    send(Json.text(address, "upload_url"), request -> request.POST(BodyPublishers.ofString(text)));
    return api(
        "files.completeUploadExternal",
        "{'files':[{'id':'"
            + Json.text(address, "file_id")
            + "'}],'channel_id':'"
            + channel
            + "'}");
  }

  static ObjectNode body(HttpResponse<String> response) {
    return (ObjectNode) Json.parse(response.body()).orElseThrow();
  }

  @Override
  public void close() {
    client.close();
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private HttpResponse<String> send(String address, Consumer<HttpRequest.Builder> more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
    more.accept(request);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
