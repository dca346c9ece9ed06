package dev.bandmaster.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Calls the API. A command is repeated with the same key where it is unclear whether it arrived.
 */
final class ApiClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A decision takes up to 30 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Attempts at one request. */
  private static final int ATTEMPTS = 5;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Profile profile;
  private final HttpClient client;

  ApiClient(Profile profile) {
    this.profile = profile;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Receives the states of a job; returns whether more are wanted. */
  @FunctionalInterface
  interface Listener {
    boolean changed(JsonNode job);
  }

  JsonNode get(String path) {
    return json(send(request(path).timeout(PATIENCE).GET().build()));
  }

  /** Posts a command and waits until it is decided. */
  JsonNode post(String path, ObjectNode body) {
    HttpRequest request =
        request(path)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> response = send(request);
      if (response.statusCode() != 202 || attempt == ATTEMPTS) {
        return json(response);
      }
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Follows a job until it has ended, over broken connections. */
  void follow(long job, Listener listener) {
    String last = "";
    int failures = 0;
    while (failures < ATTEMPTS) {
      HttpRequest.Builder request = request("/jobs/" + job + "/events");
      if (!last.isEmpty()) {
        request.header("Last-Event-ID", last);
      }
      try {
        HttpResponse<InputStream> response =
            client.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
          if (response.statusCode() != 200) {
            if (isTemporary(response.statusCode())) {
              throw new IOException("status " + response.statusCode());
            }
            throw problem(response.statusCode(), String.join("\n", lines.lines().toList()));
          }
          String id = last;
          String event = "";
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
              event = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
              id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
              failures = 0;
              last = id;
              if (!listener.changed(JSON.readTree(line.substring("data: ".length())))
                  || event.equals("end")) {
                return;
              }
            }
          }
        }
      } catch (IOException e) {
        failures++;
        pause();
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    throw unreachable();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(profile.url() + "/api/v1" + path))
        .header("Authorization", "Bearer " + profile.token());
  }

  /** A question may be repeated, and so may a command with its key. */
  private HttpResponse<String> send(HttpRequest request) {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> response =
            client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (!isTemporary(response.statusCode()) || attempt == ATTEMPTS) {
          return response;
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw unreachable();
        }
      } catch (InterruptedException e) {
        throw interrupted();
      }
      pause();
    }
  }

  private static boolean isTemporary(int status) {
    return status == 429 || status == 503;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static CliException interrupted() {
    Thread.currentThread().interrupt();
    return CliException.failed("Interrupted.");
  }

  private CliException unreachable() {
    return CliException.failed(
        "Cannot reach the bot at %s. Is it running, and is the address right?"
            .formatted(profile.url()));
  }

  private static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() >= 300) {
      throw problem(response.statusCode(), response.body());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw CliException.failed("The answer is not from a bot. Is the address right?");
    }
  }

  private static CliException problem(int status, String body) {
    String detail;
    try {
      detail = JSON.readTree(body).path("detail").asText();
    } catch (JsonProcessingException e) {
      detail = "";
    }
    String sentence =
        detail.isEmpty()
            ? "The server answered with status %d. Does the bot's configuration have the section 'api'?"
                .formatted(status)
            : detail;
    return status == 401 || status == 403 || status == 409 || status == 422
        ? CliException.refused(sentence)
        : CliException.failed(sentence);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
