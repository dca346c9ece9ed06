package dev.bandmaster.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.model.AwsSignature;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.WebAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store and a registry are given for a release. */
class ArtifactFetcherTest {
  private static final AwsSignature KEYS = new AwsSignature("AKID", "s3cret-key", "eu-test-1");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @TempDir private Path temporary;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Thread::startVirtualThread);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private String fetched(HostCredentials credentials, String path) throws IOException {
    Path into = temporary.resolve("artifact");
    new ArtifactFetcher(new OkHttpClient(), Optional.of(credentials))
        .fetch(
            new WebAddress(URI.create("http://" + host() + path)),
            into,
            Duration.ofSeconds(30),
            new Cancellation());
    return Files.readString(into);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String authorization(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Test
  void commandW7_aRequestToAStoreIsSigned() throws IOException {
    server.createContext(
        "/releases",
        exchange -> {
          Instant time =
              TIME.parse(exchange.getRequestHeaders().getFirst("x-amz-date"), Instant::from);
          URI seen = URI.create("http://" + host() + exchange.getRequestURI());
          Map<String, String> expected = KEYS.headers("GET", seen, time);
          boolean good = authorization(exchange).equals(expected.get("Authorization"));
          answer(exchange, good ? 200 : 403, good ? "a release" : "");
        });
    assertThat(fetched(new HostCredentials(host(), KEYS), "/releases/web/web-1.4.2%2Bb7.tar.gz"))
        .isEqualTo("a release");
    assertThatThrownBy(() ->
            fetched(
                new HostCredentials(host(), new AwsSignature("AKID", "wrong", "eu-test-1")),
                "/releases/web/web-1.4.2.tar.gz"))
        .hasMessageContaining("refused access")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void commandW7_aRegistryAsksForATokenAndGetsItOnce() throws IOException {
    server.createContext(
        "/token",
        exchange -> {
          boolean good =
              authorization(exchange).equals("Basic c2VjcmV0")
                  && "service=r&scope=repository:acme/web:pull"
                      .equals(exchange.getRequestURI().getQuery());
          answer(exchange, good ? 200 : 401, good ? "{\"access_token\":\"t1\"}" : "");
        });
    server.createContext(
        "/v2/acme/web/blobs/",
        exchange -> {
          if (authorization(exchange).equals("Bearer t1")) {
            answer(exchange, 200, "a layer");
            return;
          }
          exchange
              .getResponseHeaders()
              .set(
                  "WWW-Authenticate",
                  "Bearer realm=\"http://%s/token\",service=\"r\"".formatted(host()));
          answer(exchange, 401, "");
        });
    String blob = "/v2/acme/web/blobs/sha256:" + "ab".repeat(32);
    assertThat(fetched(new HostCredentials(host(), "Authorization", "Basic c2VjcmV0"), blob))
        .isEqualTo("a layer");
    assertThatThrownBy(
            () -> fetched(new HostCredentials(host(), "Authorization", "Basic d3Jvbmc"), blob))
        .hasMessageContaining("refused access");
  }
}
