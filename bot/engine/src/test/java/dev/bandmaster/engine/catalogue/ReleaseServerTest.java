package dev.bandmaster.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.model.AwsSignature;
import dev.bandmaster.model.Glob;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.plugin.PlanningContext.Release;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseServerTest {
  private static final AwsSignature KEYS = new AwsSignature("AKID", "s3cret-key", "eu-test-1");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private HttpServer server;
  private Instant now = Instant.now();
  private final AtomicInteger asked = new AtomicInteger();

  /** Answers a request with a status and a body. */
  private interface Answer {
    String to(HttpExchange exchange) throws IOException;
  }

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

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The text begins with the status: {@code 200 []}. */
  private void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          asked.incrementAndGet();
          String said = answer.to(exchange);
          byte[] body = said.substring(4).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              Integer.parseInt(said.substring(0, 3)), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private Catalogue catalogue(
      ReleaseList.Kind kind, String name, String template, HostCredentials credentials) {
    return new Catalogue(
        Map.of(),
        Map.of(
            "web",
            new Application(
                List.of(),
                List.of(new Glob("*")),
                kind == ReleaseList.Kind.OCI ? "" : "https://releases.example/{version}",
                new ChecksumSource.Listed(Map.of()),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                    new ReleaseList(kind, address(), name, template, Optional.of(credentials))))),
        () -> now);
  }

  private HostCredentials token() {
    return new HostCredentials(host(), "Authorization", "Bearer t0ken");
  }

  private static boolean holds(HttpExchange exchange, String value) {
    return value.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Test
  void commandW7_releasesOfGitHubAndGitLabAreListedPageByPageTheNewestFirst() {
    serve(
        "/repos/acme/web/releases",
        exchange -> {
          if (!holds(exchange, "Bearer t0ken")) {
            return "401 ";
          }
          if (exchange.getRequestURI().getQuery().endsWith("page=2")) {
            return "200 [{\"tag_name\":\"v2.0\"},{\"tag_name\":\"nightly\"}]";
          }
          StringBuilder page = new StringBuilder("200 [{\"tag_name\":\"v3.0\",\"draft\":true}");
          for (int i = 1; i < 100; i++) {
            page.append(",{\"tag_name\":\"v1.").append(i).append("\"}");
          }
          return page.append("]").toString();
        });
    Catalogue github = catalogue(ReleaseList.Kind.GITHUB, "acme/web", "v{version}", token());
    assertThat(github.versions("staging", "web")).hasSize(100).startsWith("2.0", "1.99", "1.98");

    serve(
        "/api/v4/projects/",
        exchange ->
            exchange.getRequestURI().getRawPath().endsWith("/acme%2Fweb/releases")
                ? "200 [{\"tag_name\":\"web-1.2\"},{\"tag_name\":\"db-9\"}]"
                : "404 ");
    Catalogue gitlab = catalogue(ReleaseList.Kind.GITLAB, "acme/web", "{app}-{version}", token());
    assertThat(gitlab.versions("staging", "web")).containsExactly("1.2");
  }

  @Test
  void commandW7_aServerThatCannotBeReachedIsToldFromOneThatHasNothing() {
    serve("/repos/acme/empty/releases", exchange -> "200 []");
    serve("/repos/acme/closed/releases", exchange -> "403 ");
    serve("/repos/acme/broken/releases", exchange -> "200 <html>");
    serve("/repos/acme/object/releases", exchange -> "200 {}");
    assertThat(listing("acme/empty")).isEqualTo(new Listing.Known(List.of()));
    assertThat(listing("acme/closed").toString()).contains("refused access (HTTP status 403)");
    assertThat(listing("acme/broken").toString()).contains("not JSON");
    assertThat(listing("acme/object").toString()).contains("no list of releases");
    assertThat(listing("acme/gone").toString()).contains("knows nothing of 'acme/gone'");
    server.stop(0);
    assertThat(listing("acme/empty").toString())
        .contains("cannot be reached")
        .doesNotContain("t0ken");
  }

  private Listing listing(String repository) {
    return catalogue(ReleaseList.Kind.GITHUB, repository, "{version}", token())
        .listing("staging", "web");
  }

  @Test
  void commandW7_aListCountsForAMinuteAndAFailureForSeconds() {
    AtomicInteger status = new AtomicInteger(200);
    serve("/repos/acme/web/releases", exchange -> status.get() + " [{\"tag_name\":\"1.0\"}]");
    Catalogue catalogue = catalogue(ReleaseList.Kind.GITHUB, "acme/web", "{version}", token());
    assertThat(catalogue.versions("staging", "web")).containsExactly("1.0");
    status.set(500);
    now = now.plusSeconds(59);
    assertThat(catalogue.versions("staging", "web")).containsExactly("1.0");
    assertThat(asked).hasValue(1);
    now = now.plusSeconds(1);
    assertThat(catalogue.listing("staging", "web")).isInstanceOf(Listing.Failed.class);
    status.set(200);
    now = now.plusSeconds(5);
    assertThat(catalogue.versions("staging", "web")).containsExactly("1.0");
  }

  /** Signs again what came in, and compares. */
  private static boolean isSigned(HttpExchange exchange) {
    String time = exchange.getRequestHeaders().getFirst("x-amz-date");
    if (time == null) {
      return false;
    }
    URI seen =
        URI.create(
            "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
    Map<String, String> expected =
        KEYS.headers(exchange.getRequestMethod(), seen, TIME.parse(time, Instant::from));
    return holds(exchange, expected.getOrDefault("Authorization", ""));
  }

  @Test
  void commandW7_aBucketIsListedWithSignedRequests() {
    serve(
        "/releases",
        exchange -> {
          if (!isSigned(exchange)) {
            return "403 ";
          }
          String query = String.valueOf(exchange.getRequestURI().getRawQuery());
          if (!query.contains("prefix=web%2Fweb-")) {
            return "400 ";
          }
          return query.contains("continuation-token=a%2Fb%3D")
              ? "200 <ListBucketResult><Contents><Key>web/web-1.10.0.tar.gz</Key></Contents>"
                  + "</ListBucketResult>"
              : "200 <ListBucketResult><NextContinuationToken>a/b=</NextContinuationToken>"
                  + "<Contents><Key>web/web-1.9.0.tar.gz</Key></Contents>"
                  + "<Contents><Key>web/web-1.9.0.tar.gz.sha256</Key></Contents></ListBucketResult>";
        });
    Catalogue signed =
        catalogue(
            ReleaseList.Kind.S3,
            "releases",
            "{app}/{app}-{version}.tar.gz",
            new HostCredentials(host(), KEYS));
    assertThat(signed.versions("staging", "web")).containsExactly("1.10.0", "1.9.0");
    Catalogue other =
        catalogue(
            ReleaseList.Kind.S3,
            "releases",
            "{app}/{app}-{version}.tar.gz",
            new HostCredentials(host(), new AwsSignature("AKID", "wrong", "eu-test-1")));
    assertThat(other.listing("staging", "web").toString())
        .contains("refused access")
        .doesNotContain("wrong");
  }

  @Test
  void commandW7_aBucketThatSendsAnEntityReadsNoFile() {
    serve(
        "/releases",
        exchange ->
            "200 <!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + "<ListBucketResult><Key>web-&e;</Key></ListBucketResult>");
    assertThat(
            catalogue(
                    ReleaseList.Kind.S3,
                    "releases",
                    "web-{version}",
                    new HostCredentials(host(), KEYS))
                .listing("staging", "web"))
        .isInstanceOf(Listing.Failed.class);
  }

  @Test
  void commandW7_aRegistryGivesATokenForTheRepositoryAndTheLayerByItsDigest() {
    String digest = "ab".repeat(32);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString("bot:pw".getBytes(StandardCharsets.UTF_8));
    serve(
        "/token",
        exchange ->
            holds(exchange, basic)
                    && "service=r&scope=repository:acme/web:pull"
                        .equals(exchange.getRequestURI().getQuery())
                ? "200 {\"token\":\"one-time.token\"}"
                : "401 ");
    Answer guarded =
        exchange -> {
          if (!holds(exchange, "Bearer one-time.token")) {
            exchange
                .getResponseHeaders()
                .set(
                    "WWW-Authenticate",
                    "Bearer realm=\"%s/token\",service=\"r\",scope=\"repository:x:push\""
                        .formatted(address()));
            return "401 ";
          }
          return switch (exchange.getRequestURI().getPath()) {
            case "/v2/acme/web/tags/list" -> "200 {\"tags\":[\"1.4.2\",\"latest\",\"1.5.0\"]}";
            case "/v2/acme/web/manifests/1.5.0" ->
                "200 {\"layers\":[{\"digest\":\"sha256:%s\"}]}".formatted(digest);
            case "/v2/acme/web/manifests/1.4.2" -> "200 {\"layers\":[{},{}]}";
            default -> "404 ";
          };
        };
    serve("/v2/acme/web/", guarded);
    Catalogue registry =
        catalogue(
            ReleaseList.Kind.OCI,
            "acme/web",
            "{version}",
            new HostCredentials(host(), "Authorization", basic));
    assertThat(registry.versions("staging", "web")).contains("1.5.0", "1.4.2");
    assertThat(registry.release("staging", "web", "1.5.0"))
        .isEqualTo(new Release.Found(address() + "/v2/acme/web/blobs/sha256:" + digest, digest));
    assertThat(registry.release("staging", "web", "1.4.2").toString())
        .contains("exactly one layer");
    assertThat(registry.release("staging", "web", "9.9").toString())
        .contains("There is no release 9.9", "1.5.0");
  }

  @Test
  void commandW7_trustT14_aTokenAddressElsewhereGetsNoCredentials() {
    AtomicInteger leaked = new AtomicInteger();
    serve(
        "/token",
        exchange -> {
          if (exchange.getRequestHeaders().containsKey("Authorization")) {
            leaked.incrementAndGet();
          }
          return "200 {\"token\":\"t\"}";
        });
    serve(
        "/v2/acme/web/",
        exchange -> {
          // Another name of the same machine is another host.
          exchange
              .getResponseHeaders()
              .set(
                  "WWW-Authenticate",
                  "Bearer realm=\"http://localhost:%d/token\""
                      .formatted(server.getAddress().getPort()));
          return "401 ";
        });
    assertThat(
            catalogue(
                    ReleaseList.Kind.OCI,
                    "acme/web",
                    "{version}",
                    new HostCredentials(host(), "Authorization", "Basic c2VjcmV0"))
                .listing("staging", "web")
                .toString())
        .contains("refused access");
    assertThat(leaked).hasValue(0);
  }
}
