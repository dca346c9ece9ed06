package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.app.http.api.ApiRoutes;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of a bot that reaches neither Slack nor the broker: the way in when Slack is down. */
class ApiTest {
  private static final String CI = "ci-0123456789abcdef0123456789abcdef";
  private static final String OTHER = "other-0123456789abcdef0123456789abcdef";
  private static final String WEB = "the-token-of-health-and-metrics";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @TempDir private Path folder;
  private Bot bot;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        rules:
          - id: ci-may-lock
            effect: allow
            who: [service:ci]
            where: [api]
            actions: [lock, unlock]
            apps: "*"
            envs: [staging]
          - id: ci-may-ask
            effect: allow
            who: [service:ci]
            where: [api]
            actions: [help, locks, freezes, history, jobs, job, pending, alerts, fleet, audit]
            apps: "*"
            envs: "*"
        """);
    BotConfig config =
        ConfigFile.load(
            Files.writeString(
                folder.resolve("bandmaster.yaml"),
                """
                slack: {app_token: xapp-1, bot_token: xoxb-1, api_url: "http://127.0.0.1:1/"}
                bus: {uri: "amqp://guest:guest@127.0.0.1:1/", keys: keys}
                store: {sqlite: {file: bandmaster.db}}
                policy: policy.yaml
                web: {bind: 127.0.0.1, port: 0, token: %s}
                api:
                  hosts: [bandmaster.example.com]
                  services:
                    ci: {token: %s}
                    other: {token: %s}
                environments: {staging: {protected: false}, prod: {protected: true}}
                """
                    .formatted(WEB, CI, OTHER)));
    bot = Bot.start(config, InstantSource.system(), new Random(1), reason -> {});
  }

  @AfterEach
  void stop() {
    bot.close();
    client.close();
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/api/v1%s".formatted(bot.webPort(), path)))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path, CI).build());
  }

  private HttpResponse<String> post(String path, String token, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private HttpResponse<String> say(String command, String... headers)
      throws IOException, InterruptedException {
    return post(
        "/commands", CI, json.createObjectNode().put("command", command).toString(), headers);
  }

  private JsonNode read(HttpResponse<String> response) throws IOException {
    return json.readTree(response.body());
  }

  @Test
  void apiZ3_aServiceWorksWhileSlackIsDown() throws Exception {
    HttpResponse<String> locked = say("lock staging --for 1h looking for the fault");
    assertThat(locked.statusCode()).as(locked.body()).isEqualTo(200);
    assertThat(read(locked).path("outcome").asText()).isEqualTo("done");
    assertThat(read(locked).path("message").asText()).startsWith("Locked.");
    JsonNode lock = read(get("/locks")).path("locks").path(0);
    assertThat(lock.path("owner").asText()).isEqualTo("service:ci");
    assertThat(lock.path("reason").asText()).isEqualTo("looking for the fault");
    assertThat(bot.isReady()).as("Slack and the broker are away").isFalse();
  }

  @Test
  void apiZ2_whatIsAskedStandsInTheAuditWithItsOrigin() throws Exception {
    say("lock staging why not");
    JsonNode entry = read(get("/history")).path("entries").path(1);
    assertThat(entry.path("principal").asText()).isEqualTo("service:ci");
    assertThat(entry.path("channel").asText()).isEqualTo("api");
    assertThat(entry.path("command").asText()).isEqualTo("lock staging why not");
    assertThat(entry.path("decision").asText()).isEqualTo("done");
    bot.close();
    try (var store =
        JdbiStore.open(
            new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), InstantSource.system())) {
      assertThat(store.audit().newest(Optional.of("staging"), Optional.empty(), 1))
          .first()
          .satisfies(row ->
              assertThat(row.entry().more().envelope().orElse(""))
                  .isEqualTo("api, service ci, from 127.0.0.1"));
    }
  }

  @Test
  void apiZ1_aRepeatedRequestIsOneCommand() throws Exception {
    HttpResponse<String> first = say("lock staging once", "Idempotency-Key", "deploy-7");
    HttpResponse<String> again = say("lock staging once", "Idempotency-Key", "deploy-7");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(say("unlock staging").statusCode()).isEqualTo(200);
    assertThat(say("lock staging once", "Idempotency-Key", "deploy-7").body())
        .isEqualTo(first.body());
    assertThat(read(get("/locks")).path("locks")).as("it was not run again").isEmpty();
    HttpResponse<String> other = say("unlock staging", "Idempotency-Key", "deploy-7");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(read(other).path("detail").asText()).contains("used for another command");
  }

  @Test
  void apiZ1_errorsAreProblemsWithTheSentenceOfTheChat() throws Exception {
    HttpResponse<String> denied = say("lock prod because I want to");
    assertThat(denied.statusCode()).as(denied.body()).isEqualTo(403);
    assertThat(denied.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(read(denied).path("status").asInt()).isEqualTo(403);
    assertThat(read(denied).path("detail").asText()).isNotBlank();
    HttpResponse<String> mistaken = say("lokc staging");
    assertThat(mistaken.statusCode()).isEqualTo(422);
    assertThat(read(mistaken).path("detail").asText())
        .isEqualTo("Unknown command 'lokc'. Did you mean 'lock'?");
    assertThat(post("/commands", OTHER, "{\"command\":\"locks\"}").statusCode())
        .as("a service without rules may do nothing")
        .isEqualTo(403);
    assertThat(send(request("/locks", OTHER).build()).statusCode()).isEqualTo(403);
    assertThat(get("/jobs/7").statusCode()).isEqualTo(422);
    assertThat(get("/jobs/seven").statusCode()).isEqualTo(400);
    assertThat(get("/jobs?limit=100000").statusCode()).isEqualTo(400);
    assertThat(get("/history?env=staging%20web").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"command\":\"locks\",\"confirm\":true}|Unknown field 'confirm'. Known: arguments, command, confirmed.",
        "{\"command\":\"locks\",\"command\":\"lock prod\"}|The body is no valid JSON.",
        "{\"command\":\"locks\"} {}|The body is no valid JSON.",
        "[\"locks\"]|The body must be a JSON object.",
        "{\"command\":7}|The field 'command' must be a text.",
        "{}|The field 'command' is missing: the line that a person would type.",
      })
  void apiZ1_aBodyIsReadStrictly(String body, String detail) throws Exception {
    HttpResponse<String> answer = post("/commands", CI, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(read(answer).path("detail").asText()).isEqualTo(detail);
  }

  @Test
  void apiZ2_nothingIsServedWithoutAValidToken() throws Exception {
    for (String token : List.of("", WEB, CI + "x", "x".repeat(3_000))) {
      HttpResponse<String> answer = send(request("/locks", token).build());
      assertThat(answer.statusCode()).as(token).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d/metrics".formatted(bot.webPort())))
                        .header("Authorization", "Bearer " + CI)
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .as("and the token of a service opens nothing else")
        .isEqualTo(401);
  }

  /** Java's client lets nobody set these headers. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,'',200",
    "bandmaster.example.com,'',200",
    "BANDMASTER.example.com:8088,'',200",
    "evil.example.com,'',403",
    "127.0.0.1,https://evil.example.com,403",
    "127.0.0.1,http://127.0.0.1,200",
  })
  void apiZ2_hostAndOriginAreChecked(String host, String origin, int status) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), bot.webPort())) {
      String headers =
          "GET /api/v1/locks HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%sConnection: close\r\n\r\n"
              .formatted(host, CI, origin.isEmpty() ? "" : "Origin: " + origin + "\r\n");
      socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
    }
  }

  @Test
  void apiZ1_eventsGoOnAfterTheLastThatWasSeen() throws Exception {
    say("lock staging first");
    List<String> seen = events("0", 1);
    assertThat(seen.getFirst()).contains("\"command\":\"lock staging first\"");
    String id = json.readTree(seen.getFirst()).path("number").asText();
    say("unlock staging");
    assertThat(events(id, 3).stream().map(this::command).toList())
        .contains("history", "unlock staging")
        .doesNotContain("lock staging first");
  }

  private String command(String data) {
    try {
      return json.readTree(data).path("command").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> events(String after, int count) throws IOException, InterruptedException {
    HttpResponse<InputStream> stream =
        client.send(
            request("/events", CI).header("Last-Event-ID", after).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    List<String> found = new ArrayList<>();
    try (var lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && found.size() < count;
          line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          found.add(line.substring("data: ".length()));
        }
      }
    }
    return found;
  }

  private record Ran(int exitCode, String out, String err) {}

  private Ran shell(String token, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(
                Map.of(
                    "BANDMASTER_URL",
                    "http://127.0.0.1:" + bot.webPort(),
                    "BANDMASTER_TOKEN",
                    token))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  @Test
  void apiZ3_theShellPrintsTheAnswerAndExitsByTheOutcome() throws Exception {
    Ran good = shell(CI, "say", "lock staging from the shell");
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.out()).startsWith("Locked.");
    Ran machine = shell(CI, "say", "--json", "locks");
    assertThat(json.readTree(machine.out()).path("message").asText()).contains("from the shell");
    Ran denied = shell(CI, "say", "lock prod from the shell");
    assertThat(denied.exitCode()).isEqualTo(2);
    assertThat(denied.out()).isEmpty();
    assertThat(denied.err()).isNotBlank();
    assertThat(shell(CI, "say", "lokc staging").err()).contains("Did you mean 'lock'?");
    assertThat(shell("x", "jobs").exitCode()).isEqualTo(2);
    assertThat(shell(CI, "jobs").out()).isEqualTo("No jobs.\n");
    assertThat(shell(CI, "approvals").out()).isEqualTo("Nothing awaits approval.\n");
    assertThat(shell(CI, "alerts").exitCode()).isZero();
  }

  @Test
  void apiZ3_completionKnowsTheCommands() {
    assertThat(shell(CI, "completion").out()).contains("complete -F", "say", "approvals");
  }

  @Test
  void apiZ1_theDescriptionIsServed() throws Exception {
    JsonNode document = read(get("/openapi.json"));
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    assertThat(document.path("servers").path(0).path("url").asText()).isEqualTo(ApiRoutes.PREFIX);
    assertThat(get("/nothing").statusCode()).isEqualTo(401);
  }

  @Test
  void apiZ1_argumentsMayBeGivenByName() throws Exception {
    HttpResponse<String> locked =
        post(
            "/commands",
            CI,
            """
            {"command": "lock", "arguments": {"env": "staging", "app": "web", "for": "1h",
             "reason": "it's --broken"}}
            """);
    assertThat(locked.statusCode()).as(locked.body()).isIn(200, 422);
    HttpResponse<String> unlocked =
        post("/commands", CI, "{\"command\": \"history\", \"arguments\": {\"env\": \"staging\"}}");
    assertThat(unlocked.statusCode()).as(unlocked.body()).isEqualTo(200);
    HttpResponse<String> misspelt =
        post("/commands", CI, "{\"command\": \"lock\", \"arguments\": {\"envs\": \"staging\"}}");
    assertThat(misspelt.statusCode()).isEqualTo(422);
    assertThat(read(misspelt).path("detail").asText())
        .isEqualTo("'lock' has no argument 'envs'. It has: env, app, for, reason.");
    assertThat(
            post(
                    "/commands",
                    OTHER,
                    "{\"command\": \"lock\", \"arguments\": {\"envs\": \"staging\"}}")
                .statusCode())
        .as("the names of arguments are for those who may use the command")
        .isEqualTo(403);
    assertThat(
            post("/commands", CI, "{\"command\": \"lock prod\", \"arguments\": {}}").statusCode())
        .isEqualTo(400);
    assertThat(
            post("/commands", CI, "{\"command\": \"lock\", \"arguments\": {\"env\": null}}")
                .statusCode())
        .isEqualTo(400);
    assertThat(post("/commands", CI, "{\"command\": \"lock\", \"arguments\": []}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void apiZ1_theAuditIsExportedPageByPage() throws Exception {
    say("lock staging one");
    say("unlock staging");
    HttpResponse<String> first = get("/audit?limit=1");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/jsonl");
    assertThat(first.body().lines()).hasSize(1);
    JsonNode entry = json.readTree(first.body());
    assertThat(entry.path("raw").asText()).isEqualTo("lock staging one");
    JsonNode next =
        json.readTree(get("/audit?limit=1&after=" + entry.path("number").asLong()).body());
    assertThat(next.path("previous").asText()).isEqualTo(entry.path("hash").asText());
    assertThat(get("/audit?after=1000000").body()).isEmpty();
    assertThat(get("/audit?limit=1001").statusCode()).isEqualTo(400);
    assertThat(get("/audit?after=-1").statusCode()).isEqualTo(400);
    assertThat(send(request("/audit", OTHER).build()).statusCode()).isEqualTo(403);
    assertThat(read(say("audit")).path("message").asText()).contains("The audit log has ");
  }

  @Test
  void apiZ2_whoAsksTooOftenWaitsAndNobodyElseDoes() throws Exception {
    HttpResponse<String> last = get("/openapi.json");
    for (int i = 0; i < 400 && last.statusCode() != 429; i++) {
      last = get("/openapi.json");
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(read(last).path("type").asText())
        .isEqualTo("urn:bandmaster:problem:too-many-requests");
    assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElse("0")))
        .isBetween(1, 60);
    assertThat(send(request("/openapi.json", OTHER).build()).statusCode()).isEqualTo(200);
  }

  @Test
  void apiZ1_clientsThatDoNotReadTheirEventsHoldUpNobody() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 32; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), bot.webPort());
        stalled.add(socket);
        socket
            .getOutputStream()
            .write(
                "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nLast-Event-ID: 0\r\n\r\n"
                    .formatted(CI)
                    .getBytes(StandardCharsets.US_ASCII));
        // The first byte of the answer: the stream has begun and has its place.
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      HttpResponse<String> refused = get("/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(say("lock staging in spite of them").statusCode()).isEqualTo(200);
      bot.close();
      assertThat(stalled.getFirst().getInputStream().readAllBytes())
          .as("a stop ends the streams")
          .isNotNull();
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }
}
