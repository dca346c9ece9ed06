package dev.bandmaster.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapperClientTest {
  private static final String JOB = "0d4c2f5e-8a6b-4f0e-9d52-6a1f3f0c7b11";
  private static final String PAGE = "<!DOCTYPE html><h1>502 Bad Gateway</h1>";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.shutdown();
  }

  private BootstrapperClient client() {
    return client(Duration.ofSeconds(20), Optional.of("s3cret"));
  }

  private BootstrapperClient client(Duration answerTime, Optional<String> token) {
    return new BootstrapperClient(
        new BootstrapperSettings(server.url("/base/").uri(), token, Optional.empty(), answerTime));
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse().setResponseCode(status).setBody(body);
  }

  private RecordedRequest asked() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return java.util.Objects.requireNonNull(request);
  }

  @Test
  void backendX2_eachCommandIsItsOwnEndpointWithItsParameters() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      server.enqueue(answer(200, JOB));
    }
    BootstrapperClient client = client();

    assertThat(client.role("web1", List.of("base", "web"), "staging"))
        .isEqualTo(new Submission.Accepted(JOB));
    RecordedRequest role = asked();
    assertThat(role.getRequestLine()).isEqualTo("POST /base/ansible/role/ HTTP/1.1");
    assertThat(role.getBody().readUtf8()).isEqualTo("host=web1&role=base%2Cweb&env=staging");
    assertThat(role.getHeader("Authorization")).isEqualTo("Bearer s3cret");

    var _ = client.updateCode("web,1.4.2", "staging");
    RecordedRequest update = asked();
    assertThat(update.getRequestLine()).isEqualTo("POST /base/ansible/update-code/ HTTP/1.1");
    assertThat(update.getBody().readUtf8()).isEqualTo("tags=web%2C1.4.2&env=staging");

    var _ = client.adhoc("web1", "service", "name=web state=restarted");
    assertThat(asked().getRequestLine())
        .isEqualTo(
            "GET /base/ansible/adhoc/?host=web1&mod=service&args=name%3Dweb%20state%3Drestarted HTTP/1.1");

    var _ = client.adhoc("web1", "ping", "");
    assertThat(asked().getRequestLine())
        .isEqualTo("GET /base/ansible/adhoc/?host=web1&mod=ping HTTP/1.1");

    var _ = client.attachAddress("i-0a1", "web", "prod");
    RecordedRequest address = asked();
    assertThat(address.getRequestLine()).isEqualTo("POST /base/ansible/set_eip/ HTTP/1.1");
    assertThat(address.getBody().readUtf8()).isEqualTo("instance_id=i-0a1&role=web&env=prod");
  }

  @Test
  void backendX3_aTextThatIsNoJobsIdIsTheOutcomeItself() {
    assertThat(Answers.submission(200, JOB + "\n")).isEqualTo(new Submission.Accepted(JOB));
    assertThat(Answers.submission(200, "\"" + JOB + "\"")).isEqualTo(new Submission.Accepted(JOB));
    assertThat(Answers.submission(200, "done")).isEqualTo(new Submission.Outcome(true, "done"));
    assertThat(Answers.submission(200, "deployed 1.4.2 to 3 hosts"))
        .isEqualTo(new Submission.Outcome(true, "deployed 1.4.2 to 3 hosts"));
    assertThat(Answers.submission(400, "no such tag"))
        .isEqualTo(
            new Submission.Outcome(
                false, "The bootstrapper refused the request (status 400). It says: no such tag"));
    assertThat(Answers.submission(403, PAGE))
        .isEqualTo(
            new Submission.Outcome(
                false, "The bootstrapper does not accept the bot's token (status 403)."));
  }

  @Test
  void backendX3_resultsBecomeStatesOrCountsByHost() {
    assertThat(Answers.result(200, "{\"status\":\"in-queue\"}")).isEqualTo(new JobResult.Queued());
    assertThat(Answers.result(200, "{\"status\":\"waiting\"}")).isEqualTo(new JobResult.Waiting());
    assertThat(Answers.result(200, "{\"status\":\"failed\"}")).isEqualTo(new JobResult.Failed());
    assertThat(
            Answers.result(
                200,
                "{\"web1\":{\"unreachable\":0,\"skipped\":0,\"ok\":2,\"changed\":1,\"failures\":0},"
                    + "\"web2\":{\"unreachable\":1,\"skipped\":0,\"ok\":0,\"changed\":0,\"failures\":0}}"))
        .isEqualTo(
            new JobResult.Finished(
                Map.of(
                    "web1", new HostStats(0, 0, 2, 1, 0), "web2", new HostStats(1, 0, 0, 0, 0))));
    assertThat(Answers.result(200, "{}")).isEqualTo(new JobResult.Finished(Map.of()));
  }

  /** What goes wrong with an answer, and the sentence that a request for work makes of it. */
  static Stream<Arguments> badAnswers() {
    return Stream.of(
        Arguments.of(answer(500, "boom"), "answered with status 500"),
        Arguments.of(answer(502, PAGE), "answered with status 502"),
        Arguments.of(
            answer(200, JOB).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
            "answer was lost"),
        Arguments.of(
            answer(302, "").setHeader("Location", "http://127.0.0.1:1/elsewhere"), "redirect"),
        Arguments.of(answer(200, PAGE), "web page"),
        Arguments.of(
            new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST),
            "answer was lost"),
        Arguments.of(answer(503, "").setHeader("Retry-After", "0"), "answered with status 503"),
        Arguments.of(answer(408, "").setHeader("Retry-After", "0"), "refused the request"));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void backendX4_workWhoseAnswerIsLostIsNotSentAgain(MockResponse bad, String sentence) {
    server.enqueue(bad);
    server.enqueue(answer(200, JOB));
    server.enqueue(answer(200, JOB));

    String said =
        switch (client().updateCode("web,1.4.2", "staging")) {
          case Submission.Unknown(String reason) -> reason;
          case Submission.Outcome(boolean good, String text) -> good + text;
          case Submission.Accepted accepted -> accepted.toString();
          case Submission.NotSent notSent -> notSent.toString();
        };

    assertThat(said).contains(sentence);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void backendX4_adhocIsAGetThatRunsAndIsNotSentAgainEither(MockResponse bad, String sentence) {
    server.enqueue(bad);
    server.enqueue(answer(200, JOB));

    assertThat(client().adhoc("web1", "ping", "").toString()).contains(sentence);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void backendX4_whatNeverLeftMayBeSentAgain() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    BootstrapperClient client =
        new BootstrapperClient(
            new BootstrapperSettings(
                URI.create("http://127.0.0.1:" + free),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(20)));

    assertThat(client.updateCode("web,1.4.2", "staging")).isInstanceOf(Submission.NotSent.class);
  }

  @Test
  void backendX5_aSlowDripEndsAtTheDeadline() {
    server.enqueue(answer(200, "x".repeat(10_000)).throttleBody(1, 50, TimeUnit.MILLISECONDS));
    server.enqueue(answer(200, "x".repeat(10_000)).throttleBody(1, 50, TimeUnit.MILLISECONDS));
    BootstrapperClient client = client(Duration.ofMillis(300), Optional.empty());

    assertThat(client.updateCode("web,1.4.2", "staging"))
        .isEqualTo(
            new Submission.Unknown(
                "The bootstrapper's answer was lost: it did not answer in time."));
    assertThat(client.result(JOB))
        .isEqualTo(new JobResult.Unavailable("it did not answer in time"));
  }

  @Test
  void backendX5_fiveMegabytesOfTextAreCutOff() {
    server.enqueue(answer(200, "long ".repeat(1024 * 1024)));
    server.enqueue(answer(200, "long ".repeat(1024 * 1024)));

    assertThat(client().adhoc("web1", "ping", ""))
        .isInstanceOfSatisfying(
            Submission.Outcome.class,
            outcome ->
                assertThat(outcome.text()).hasSizeLessThanOrEqualTo(2_000).endsWith("(cut off)"));
    assertThat(client().result(JOB))
        .isEqualTo(new JobResult.Unreadable("its answer is longer than 1 MiB"));
  }

  @Test
  void backendX5_aRedirectIsNotFollowedAndTheTokenStaysHere() {
    server.enqueue(answer(302, "").setHeader("Location", server.url("/elsewhere").toString()));

    assertThat(client().result(JOB))
        .isEqualTo(
            new JobResult.Unavailable(
                "it answered with a redirect (status 302), which is not followed"));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  static Stream<Arguments> badResults() {
    return Stream.of(
        Arguments.of(answer(500, "boom"), new JobResult.Unavailable("it answered with status 500")),
        Arguments.of(answer(502, PAGE), new JobResult.Unavailable("it answered with status 502")),
        Arguments.of(answer(204, ""), new JobResult.Unavailable("it answered with status 204")),
        Arguments.of(
            answer(401, ""),
            new JobResult.Unavailable("it does not accept the bot's token (status 401)")),
        Arguments.of(answer(404, PAGE), new JobResult.Gone("it answered with status 404")),
        Arguments.of(
            answer(200, "{\"status\":\"unknown\"}"),
            new JobResult.Gone("it does not know the job")),
        Arguments.of(
            answer(200, "{\"status\":\"sleeping\"}"),
            new JobResult.Unreadable("its answer has a status that is not known")),
        Arguments.of(answer(200, PAGE), new JobResult.Unreadable("its answer is not JSON")),
        Arguments.of(
            answer(200, "{\"web1\":{\"ok\":1"), new JobResult.Unreadable("its answer is not JSON")),
        Arguments.of(shape("null"), unreadable()),
        Arguments.of(shape("[]"), unreadable()),
        Arguments.of(shape("{\"web1\":3}"), unreadable()),
        Arguments.of(shape("{\"web1\":{\"ok\":1}}"), unreadable()),
        Arguments.of(
            shape("{\"web1\":{\"ok\":\"1\",\"failures\":0,\"unreachable\":0}}"), unreadable()),
        Arguments.of(
            shape("{\"web1\":{\"ok\":1,\"failures\":-1,\"unreachable\":0}}"), unreadable()),
        Arguments.of(
            shape("{\"web1\":{\"ok\":1,\"failures\":9999999999,\"unreachable\":0}}"), unreadable()),
        Arguments.of(
            shape("{\"web 1; x\":{\"ok\":1,\"failures\":0,\"unreachable\":0}}"), unreadable()));
  }

  private static MockResponse shape(String json) {
    return answer(200, json);
  }

  private static JobResult unreadable() {
    return new JobResult.Unreadable("its answer is JSON of another shape");
  }

  @ParameterizedTest
  @MethodSource("badResults")
  void backendX5_aBadAnswerAboutAJobHasASentence(MockResponse bad, JobResult expected) {
    server.enqueue(bad);

    assertThat(client().result(JOB)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../admin", "done", "0d4c2f5e/../8a6b-4f0e-9d52"})
  void backendX5_whatIsNoIdIsNotAskedFor(String job) {
    assertThat(client().result(job)).isInstanceOf(JobResult.Gone.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void backendX5_textsAreShownWithoutControlCharacters() {
    assertThat(Answers.readable("a\u001b[31m\u0000b\u202ec\nd")).isEqualTo("a[31mbc\nd");
  }

  @Test
  void theTokenIsInNoTextAndAnImpossibleOneIsRefused() {
    BootstrapperSettings settings =
        new BootstrapperSettings(
            URI.create("http://127.0.0.1:1"),
            Optional.of("s3cret\nx"),
            Optional.empty(),
            Duration.ofSeconds(1));

    assertThat(settings.toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> new BootstrapperClient(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void healthAsksForAResultAndChangesNothing() throws InterruptedException {
    server.enqueue(answer(200, "{\"status\":\"failed\"}"));
    server.enqueue(answer(502, PAGE));

    assertThat(client().problem()).isEmpty();
    assertThat(asked().getRequestLine())
        .isEqualTo("GET /base/ansible/results/00000000-0000-0000-0000-000000000000 HTTP/1.1");
    assertThat(client().problem()).contains("it answered with status 502");
  }

  /** A certificate for localhost that no authority has signed, with its key. */
  private static KeyStore selfSigned(Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    return keys;
  }

  @Test
  void backendX1_aServiceIsBelievedByTheCertificatesOfCaFile(@TempDir Path folder)
      throws Exception {
    KeyStore keys = selfSigned(folder);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    Path authorities =
        Files.writeString(
            folder.resolve("ca.pem"),
            "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(
                    Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("server").getEncoded())));
    try (MockWebServer secure = new MockWebServer()) {
      secure.useHttps(context.getSocketFactory(), false);
      secure.start();
      secure.enqueue(answer(200, JOB));
      URI url = URI.create("https://localhost:" + secure.getPort());
      Duration time = Duration.ofSeconds(20);
      assertThat(
              new BootstrapperClient(
                      new BootstrapperSettings(
                          url, Optional.of("s3cret"), Optional.of(authorities), time))
                  .role("web1", List.of("web"), "staging"))
          .isEqualTo(new Submission.Accepted(JOB));
      assertThat(
              new BootstrapperClient(
                      new BootstrapperSettings(url, Optional.of("s3cret"), Optional.empty(), time))
                  .role("web1", List.of("web"), "staging"))
          .as("without them those of the machine count")
          .isInstanceOf(Submission.NotSent.class);
      assertThat(secure.getRequestCount()).as("and the token was not sent").isEqualTo(1);
    }
  }

  @Test
  void backendX1_aCaFileThatCannotBeUsedIsNamed(@TempDir Path folder) throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    for (Path file : List.of(empty, text, folder.resolve("missing.pem"))) {
      assertThatThrownBy(() ->
              new BootstrapperClient(
                  new BootstrapperSettings(
                      URI.create("https://localhost"),
                      Optional.empty(),
                      Optional.of(file),
                      Duration.ofSeconds(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
  }
}
