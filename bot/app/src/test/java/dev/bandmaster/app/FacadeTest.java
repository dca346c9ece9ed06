package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.RetentionConfig;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bootstrapper's API of a bot that reaches neither Slack nor a broker. */
class FacadeTest {
  private static final String SCALING = "scaling-0123456789abcdef0123456789abcdef";
  private static final String OTHER = "other-0123456789abcdef0123456789abcdef";
  private static final String NO_JOB = "00000000-0000-4000-8000-000000000000";

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @TempDir private Path folder;
  private @Nullable Bot bot;

  private void start(String facade, int addresses) throws IOException {
    start(
        facade,
        String.join(
            ", ", IntStream.rangeClosed(1, addresses).mapToObj(i -> "203.0.113." + i).toList()));
  }

  private void start(String facade, String pool) throws IOException {
    start(facade, pool, "");
  }

  private void start(String facade, String pool, String more) throws IOException {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        protected_envs: [prod]
        rules:
          - id: scaling
            effect: allow
            who: [service:scaling]
            where: [api]
            actions: [eip, role, codeupdate, "adhoc:ping"]
            apps: "*"
            envs: [staging]
        tests:
          - {as: "service:scaling", in: api, do: role, env: prod, expect: deny}
        """);
    Path program =
        Files.writeString(
            folder.resolve("eip"),
            """
            #!/bin/sh
            echo "$@" >> %s
            case "$1 $2" in "attach broken"*) echo "no such instance" >&2; exit 3;; esac
            """
                .formatted(folder.resolve("eip.log")),
            StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    BotConfig config =
        ConfigFile.load(
            Files.writeString(
                folder.resolve("bandmaster.yaml"),
                """
                slack: {app_token: xapp-1, bot_token: xoxb-1, api_url: "http://127.0.0.1:1/"}
                bus: {uri: "amqp://guest:guest@127.0.0.1:1/", keys: keys}
                store: {sqlite: {file: bandmaster.db}}
                policy: policy.yaml
                web: {bind: 127.0.0.1, port: 0, requests_per_second: 2000}
                api:
                  per_minute: 6000
                  services:
                    scaling: {token: %s}
                    other: {token: %s}
                %s
                eips:
                  attach: [%s, attach, "{instance}", "{address}", "{role}", "{environment}"]
                  detach: [%s, detach, "{instance}", "{address}"]
                  pools:
                    staging: {web: [%s]}
                    prod: {web: [198.51.100.1]}
                environments: {staging: {protected: false}, prod: {protected: true}}
                apps:
                  web: {tags: "{app},{version}", versions: ["?*.?*.?*"]}
                %s
                """
                    .formatted(
                        SCALING,
                        OTHER,
                        facade.indent(2).stripTrailing(),
                        program,
                        program,
                        pool,
                        more)));
    bot = Bot.start(config, InstantSource.system(), new Random(1), reason -> {});
  }

  private void start() throws IOException {
    start("facade: {environments: {scaling: staging}}", 3);
  }

  @AfterEach
  void stop() {
    if (bot != null) {
      bot.close();
    }
    client.close();
  }

  private int port() {
    return Objects.requireNonNull(bot).webPort();
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/ansible/%s".formatted(port(), path)));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String token, String form, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path, token)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return send(request(path, token).build());
  }

  private String setEip(String instance) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post("set_eip/", SCALING, "instance_id=" + instance + "&role=web&env=staging");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    return answer.body();
  }

  private JsonNode result(String job, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer = get("results/" + job, token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return json.readTree(answer.body());
  }

  private String end(String job) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    Await.until(
        "job " + job + " has ended",
        () -> {
          try {
            seen.add(result(job, SCALING).toString());
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return !seen.getLast().matches(".*\"(in-queue|waiting)\".*");
        });
    return seen.getLast();
  }

  private List<String> runs() throws IOException {
    Path log = folder.resolve("eip.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Test
  void facadeY1_workIsAJobAndItsResultWhatAnsibleWouldCount() throws Exception {
    start();
    assertThat(end(setEip("i-0a1b2c")))
        .isEqualTo(
            "{\"i-0a1b2c\":{\"unreachable\":0,\"skipped\":0,\"ok\":1,\"changed\":1,\"failures\":0}}");
    assertThat(runs()).containsExactly("attach i-0a1b2c 203.0.113.1 web staging");
    assertThat(end(setEip("broken-1"))).isEqualTo("{\"status\":\"failed\"}");
  }

  @Test
  void facadeY1_theAuditSaysWhoAskedByTheFacadeAndFromWhere() throws Exception {
    start();
    end(setEip("i-0a1b2c"));
    Objects.requireNonNull(bot).close();
    try (var store =
        JdbiStore.open(
            new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), InstantSource.system())) {
      assertThat(store.audit().newest(Optional.of("staging"), Optional.empty(), 10))
          .anySatisfy(row -> {
            assertThat(row.entry().principal()).isEqualTo("service:scaling");
            assertThat(row.entry().raw()).isEqualTo("eip staging i-0a1b2c web");
            assertThat(row.entry().more().envelope())
                .contains("facade, service scaling, from 127.0.0.1");
          });
    }
  }

  @Test
  void facadeY1_aResultIsItsCallersAlone() throws Exception {
    start();
    String job = setEip("i-0a1b2c");
    assertThat(end(job)).contains("i-0a1b2c");
    assertThat(result(job, OTHER)).hasToString("{\"status\":\"failed\"}");
    assertThat(result(NO_JOB, SCALING)).hasToString("{\"status\":\"failed\"}");
    assertThat(result("x".repeat(2_000), SCALING)).hasToString("{\"status\":\"failed\"}");
    assertThat(result("1", SCALING))
        .as("the number of the job is no id")
        .hasToString("{\"status\":\"failed\"}");
    assertThat(get("results/" + job, "").statusCode()).isEqualTo(401);
    assertThat(get("results/" + job + "/", SCALING).statusCode()).isEqualTo(200);
  }

  @Test
  void facadeY1_callersHaveTheRightsOfThePolicy() throws Exception {
    start();
    HttpResponse<String> denied = post("role/", SCALING, "host=web1&role=web&env=prod");
    assertThat(denied.statusCode()).as(denied.body()).isEqualTo(403);
    assertThat(denied.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(post("set_eip/", OTHER, "instance_id=i-1&role=web&env=staging").statusCode())
        .isEqualTo(403);
    HttpResponse<String> unknown = post("role/", SCALING, "host=web1&role=web&env=stagign");
    assertThat(unknown.statusCode()).as(unknown.body()).isIn(403, 422);
    HttpResponse<String> agents = post("role/", SCALING, "host=web1&role=web&env=staging");
    assertThat(agents.statusCode()).isEqualTo(422);
    assertThat(agents.body()).contains("staging");
    assertThat(get("adhoc/?host=web1&mod=service", SCALING).statusCode())
        .as("the module decides")
        .isEqualTo(403);
    assertThat(get("adhoc/?host=web1&mod=ping", SCALING).statusCode())
        .as("no such node")
        .isEqualTo(422);
    HttpResponse<String> noEnvironment = get("adhoc/?host=web1&mod=ping", OTHER);
    assertThat(noEnvironment.statusCode()).isEqualTo(400);
    assertThat(noEnvironment.body()).startsWith("Which environment?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "role/|host=web1&role=web|400|The parameter 'env' is missing.",
        "role/||400|The parameter 'env' is missing.",
        "role/|host=web1&role=web&env=|400|The parameter 'env' is missing.",
        "role/|host=web1&host=web2&role=web&env=staging|400|The parameter 'host' is given twice.",
        "role/?host=web1|host=web2&role=web&env=staging|400|The parameter 'host' is given twice.",
        "role/|host=web1&role=web&env=staging&become=yes|400|Unknown parameter 'become'.",
        "role/|host=web1;reboot&role=web&env=staging|400|The parameter 'host' must be a name",
        "role/|host=--emergency&role=web&env=staging|400|The parameter 'host' must be a name",
        "role/|host=web*&role=web&env=staging|400|The parameter 'host' must be a name",
        "role/|host=web1%0Aweb2&role=web&env=staging|400|The parameter 'host' must be a name",
        "role/|host=web1&role=../../x&env=staging|400|The parameter 'role' must be a name",
        "role/|host=web1&role=web,,base&env=staging|400|The parameter 'role' must be a name",
        "role/|host=web1&role=web&env=staging+x|400|The parameter 'env' must be a name",
        "role/|host=%FF&role=web&env=staging|400|A parameter is not encoded as UTF-8",
        "role/|host=%zz&role=web&env=staging|400|A parameter is not encoded as UTF-8",
        "set_eip/|instance_id=i-1+x&role=web&env=staging|400|The parameter 'instance_id' must be",
        "set_eip/|instance_id=i-1&role=db&env=staging|422|There are no addresses for the role 'db'",
        "update-code/|tags=web;1.4.2&env=staging|400|The parameter 'tags' must be tags",
        "update-code/|tags=nothing,1.4.2&env=staging|422|No app has these tags in staging.",
        "update-code/|tags=web,1&env=staging|422|No app has these tags in staging.",
        "role/?token=x|host=web1&role=web&env=staging|400|A token must not be in an address",
        "role/|host=web1&role=web&env=staging&token=x|400|Two tokens are given",
      })
  void facadeY1_badRequestsAreRefusedWithASentence(
      String path, @Nullable String form, int status, String sentence) throws Exception {
    start();
    HttpResponse<String> answer = post(path, SCALING, form == null ? "" : form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).startsWith(sentence);
  }

  @Test
  void facadeY1_longAndOddBodiesAreRefused() throws Exception {
    start();
    HttpResponse<String> huge =
        post("role/", SCALING, "host=" + "x".repeat(1 << 20) + "&role=web&env=staging");
    assertThat(huge.statusCode()).isEqualTo(413);
    assertThat(post("role/", SCALING, "host=" + "x".repeat(5_000)).statusCode()).isEqualTo(400);
    assertThat(post("role/", SCALING, "a&b&".repeat(100)).statusCode()).isEqualTo(400);
    String many = String.join("&", IntStream.range(0, 100).mapToObj(i -> "p" + i + "=1").toList());
    assertThat(post("role/", SCALING, many).body()).startsWith("More than 20 parameters");
    assertThat(
            send(request("role/", SCALING)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"host\":\"web1\"}"))
                    .build())
                .statusCode())
        .isEqualTo(415);
    assertThat(get("role/?host=web1&role=web&env=staging", SCALING).statusCode())
        .as("work is not started by a GET")
        .isIn(404, 405);
    String args = URLEncoder.encode("env=prod", StandardCharsets.UTF_8);
    HttpResponse<String> other = get("adhoc/?host=web1&mod=ping&args=" + args, SCALING);
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).startsWith("These values would mean something else");
  }

  @Test
  void facadeY1_nobodyComesInWithoutAToken() throws Exception {
    start();
    String form = "instance_id=i-1&role=web&env=staging";
    for (String token : List.of("", SCALING + "x", "x".repeat(3_000))) {
      HttpResponse<String> answer = post("set_eip/", token, form);
      assertThat(answer.statusCode()).as(token).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    assertThat(post("set_eip/", "", form + "&token=" + OTHER + "x").statusCode()).isEqualTo(401);
    HttpResponse<String> inForm = post("set_eip/", "", form + "&token=" + SCALING);
    assertThat(inForm.statusCode()).as(inForm.body()).isEqualTo(200);
    assertThat(post("set_eip/", "", form, "Authorization", "Basic " + SCALING).statusCode())
        .isEqualTo(401);
  }

  @Test
  void facadeY1_aNamedNetworkNeedsNoTokenUnlessAProxyOrABrowserAsks() throws Exception {
    start(
        """
        facade:
          networks:
            - {network: 127.0.0.0/8, service: other}
            - {network: 127.0.0.1/32, service: scaling}\
        """,
        3);
    String form = "instance_id=i-1&role=web&env=staging";
    HttpResponse<String> answer = post("set_eip/", "", form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(get("results/" + answer.body(), "").body())
        .isNotEqualTo("{\"status\":\"failed\"}\n");
    assertThat(post("set_eip/", "wrong", form).statusCode())
        .as("a wrong token is wrong everywhere")
        .isEqualTo(401);
    for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")) {
      assertThat(post("set_eip/", "", form, header, "10.0.0.1").statusCode())
          .as(header)
          .isEqualTo(401);
    }
    assertThat(post("set_eip/", "", form, "User-Agent", "Mozilla/5.0").statusCode()).isEqualTo(403);
    assertThat(post("set_eip/", "", form, "Referer", "http://127.0.0.1/").statusCode())
        .isEqualTo(403);
    assertThat(post("set_eip/", SCALING, form, "X-Forwarded-For", "10.0.0.1").statusCode())
        .as("with a token a proxy may pass it on")
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,'',200",
    "evil.example.com,'',403",
    "127.0.0.1,https://evil.example.com,403",
  })
  void facadeY1_hostAndOriginAreChecked(String host, String origin, int status) throws Exception {
    start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      String headers =
          "GET /ansible/results/%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%sConnection: close\r\n\r\n"
              .formatted(
                  NO_JOB, host, SCALING, origin.isEmpty() ? "" : "Origin: " + origin + "\r\n");
      socket.getOutputStream().write(headers.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
    }
  }

  @Test
  void facadeY1_resultsAreKeptLongerThanABootstrapperKeepsThem() {
    assertThat(RetentionConfig.STANDARD.inbox()).isGreaterThan(Duration.ofSeconds(5_000));
    assertThatThrownBy(() -> start("facade: {}\n", "203.0.113.1", "retention: {inbox: 5000s}"))
        .hasMessageContaining("retention")
        .hasMessageContaining("1d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "facade: {networks: [{network: 10.0.0.1/8, service: scaling}]}|begins at its first address",
        "facade: {networks: [{network: 0.0.0.0/0, service: scaling}]}|with /8 or longer",
        "facade: {networks: [{network: machines.example.com/24, service: scaling}]}|must be a network",
        "facade: {networks: [{network: 10.0.0.0/8, service: nobody}]}|'nobody', which is not defined",
        "facade: {environments: {nobody: prod}}|'nobody', which is not defined under 'services'",
        "facade: {environments: {scaling: prd}}|'prd', which is not defined under 'environments'",
      })
  void facadeY1_itsSectionIsReadStrictly(String facade, String sentence) {
    assertThatThrownBy(() -> start(facade, 3)).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.1, 203.0.113.1|has 203.0.113.1 in 'staging.web' and in 'staging.web'",
        "example.com|an IP address",
      })
  void facadeY3_addressesAreReadStrictly(String pool, String sentence) {
    assertThatThrownBy(() -> start("facade: {}", pool)).hasMessageContaining(sentence);
  }

  @Test
  void facadeY1_withoutItsSectionThereIsNone() throws Exception {
    start("", 3);
    assertThat(post("set_eip/", SCALING, "instance_id=i-1&role=web&env=staging").statusCode())
        .isIn(404, 405);
    assertThat(get("results/" + NO_JOB, SCALING).statusCode()).isEqualTo(404);
  }

  @Test
  void facadeY3_aHundredMachinesAtOnceNeverShareAnAddress() throws Exception {
    start("facade: {}", 60);
    List<String> ends = new ArrayList<>();
    try (ExecutorService machines = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> asked =
          IntStream.range(0, 100)
              .mapToObj(i -> machines.submit(() -> setEip("i-%03d".formatted(i))))
              .toList();
      for (Future<String> each : asked) {
        ends.add(end(each.get()));
      }
    }
    assertThat(ends.stream().filter(end -> end.contains("\"ok\":1"))).hasSize(60);
    assertThat(ends.stream().filter(end -> end.equals("{\"status\":\"failed\"}"))).hasSize(40);
    Set<String> given = new HashSet<>();
    for (String run : runs()) {
      assertThat(given.add(run.split(" ", -1)[2])).as(run).isTrue();
    }
    assertThat(given).hasSize(60);
  }

  @Test
  void facadeY3_whoAsksAgainGetsTheSameAddress() throws Exception {
    start();
    end(setEip("i-1"));
    end(setEip("i-2"));
    end(setEip("i-1"));
    assertThat(runs())
        .containsExactly(
            "attach i-1 203.0.113.1 web staging",
            "attach i-2 203.0.113.2 web staging",
            "attach i-1 203.0.113.1 web staging");
  }

  @Test
  void facadeY3_anAddressThatCannotBeAttachedIsFreeAgain() throws Exception {
    start("facade: {}", 1);
    assertThat(end(setEip("broken-1"))).isEqualTo("{\"status\":\"failed\"}");
    Await.until("it is taken back", () -> isRun("detach broken-1 203.0.113.1"));
    Await.until(
        "and free again",
        () -> {
          try {
            return end(setEip("i-1")).contains("\"ok\":1");
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(runs()).contains("attach i-1 203.0.113.1 web staging");
  }

  private boolean isRun(String line) {
    try {
      return runs().contains(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
