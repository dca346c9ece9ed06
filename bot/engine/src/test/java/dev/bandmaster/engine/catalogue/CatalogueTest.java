package dev.bandmaster.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bandmaster.model.Glob;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext.Release;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static final String SHA = "0123456789abcdef".repeat(4);

  @TempDir Path releases;

  private static Catalogue catalogue(Application web) {
    return new Catalogue(
        Map.of(
            "staging",
            new Environment(false, Optional.empty()),
            "prod",
            new Environment(true, Optional.empty())),
        Map.of("web", web));
  }

  private Catalogue listed() {
    return catalogue(
        new Application(
            List.of("staging"),
            List.of(new Glob("1.*")),
            "https://releases.example/{env}/{app}-{version}.tar.gz",
            new ChecksumSource.Listed(Map.of("1.9", SHA, "1.10", SHA)),
            Optional.of("https://git.example/{app}/releases/{version}?for={env}")));
  }

  private Catalogue inFolder() {
    String folder = releases.toUri().toString();
    return catalogue(
        new Application(
            List.of(),
            List.of(new Glob("*")),
            folder + "{app}-{version}.tar.gz",
            new ChecksumSource.Beside(folder + "{app}-{version}.tar.gz.sha256"),
            Optional.empty()));
  }

  private void release(String name, String checksum) throws IOException {
    Files.writeString(releases.resolve(name + ".tar.gz"), "");
    Files.writeString(releases.resolve(name + ".tar.gz.sha256"), checksum);
  }

  @Test
  void aListedReleaseIsFoundWithItsChecksum() {
    assertThat(listed().release("staging", "web", "1.10"))
        .isEqualTo(new Release.Found("https://releases.example/staging/web-1.10.tar.gz", SHA));
    assertThat(listed().versions("staging", "web")).containsExactly("1.10", "1.9");
  }

  @Test
  void aReleaseInAFolderIsFoundWithItsChecksum() throws IOException {
    release("web-1.9", SHA + "  web-1.9.tar.gz\n");
    release("web-1.10", SHA.toUpperCase(Locale.ROOT) + "\n");
    release("web-", SHA);
    release("shop-2.0", SHA);
    Files.writeString(releases.resolve("notes.txt"), "hello");
    assertThat(inFolder().versions("staging", "web")).containsExactly("1.10", "1.9");
    assertThat(inFolder().release("staging", "web", "1.10"))
        .isEqualTo(new Release.Found(releases.toUri() + "web-1.10.tar.gz", SHA));
    assertThat(inFolder().release("staging", "web", "1.9")).isInstanceOf(Release.Found.class);
  }

  @Test
  void aReleaseWhoseChecksumCannotBeReadIsNone() throws IOException {
    release("web-1.0", "no checksum at all");
    release("web-1.1", "x".repeat(5_000));
    release("web-1.2", "");
    assertThat(missing(inFolder(), "staging", "web", "7"))
        .isEqualTo("There is no release 7 of web for staging. There are: 1.2, 1.1, 1.0.");
    assertThat(missing(inFolder(), "staging", "web", "1.0"))
        .endsWith("web-1.0.tar.gz.sha256 cannot be read: it does not begin with a SHA-256.");
    assertThat(missing(inFolder(), "staging", "web", "1.1"))
        .endsWith("cannot be read: it is no checksum file.");
    assertThat(missing(inFolder(), "staging", "web", "1.2"))
        .endsWith("cannot be read: it does not begin with a SHA-256.");
  }

  private static Catalogue onServer(HttpServer server, String password) {
    String host = "127.0.0.1:" + server.getAddress().getPort();
    return catalogue(
        new Application(
            List.of(),
            List.of(new Glob("*")),
            "http://" + host + "/web-{version}.tar.gz",
            new ChecksumSource.Beside("http://" + host + "/{version}?for=all"),
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(new HostCredentials(host, "Authorization", password))));
  }

  @Test
  void trustT14_aServerThatRefusesIsNotAReleaseThatIsMissing() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean allowed =
              "Basic good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          boolean known = exchange.getRequestURI().getPath().equals("/1.0");
          byte[] body = (SHA + "  web.tar.gz").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(!allowed ? 401 : known ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    assertThat(onServer(server, "Basic good").release("staging", "web", "1.0"))
        .isEqualTo(new Release.Found(root + "/web-1.0.tar.gz", SHA));
    assertThat(missing(onServer(server, "Basic good"), "staging", "web", "2.0"))
        .isEqualTo("There is no release 2.0 of web for staging.");
    assertThat(missing(onServer(server, "Basic s3cret"), "staging", "web", "1.0"))
        .isEqualTo(
            "The checksum at %s/1.0 cannot be read: the server refused access (HTTP status 401). Check `artifact_auth` of the app."
                .formatted(root));
    server.stop(0);
    assertThat(missing(onServer(server, "Basic s3cret"), "staging", "web", "1.0"))
        .isEqualTo(
            "The checksum at %s/1.0 cannot be read: the server 127.0.0.1 cannot be reached."
                .formatted(root));
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(missing(listed(), "staging", "shop", "1.0"))
        .isEqualTo("There is no application 'shop' in the configuration.");
    assertThat(missing(listed(), "prod", "web", "1.9"))
        .isEqualTo("web does not run in prod, only in staging.");
    assertThat(missing(listed(), "staging", "web", "2.0"))
        .isEqualTo("'2.0' is not a version of web; its versions look like 1.*.");
    assertThat(missing(listed(), "staging", "web", "1.8"))
        .isEqualTo("There is no release 1.8 of web for staging. There are: 1.10, 1.9.");
  }

  @Test
  void aVersionCannotLeaveItsFolder() {
    assertThat(missing(inFolder(), "staging", "web", "../../etc/passwd"))
        .contains("is not a version");
  }

  @Test
  void commandW7_aFolderThatIsNotThereHasNoVersionsAndSaysSo() throws IOException {
    Catalogue catalogue = inFolder();
    Files.delete(releases);
    assertThat(catalogue.versions("staging", "web")).isEmpty();
    assertThat(missing(catalogue, "staging", "web", "1.0"))
        .startsWith("There is no release 1.0 of web for staging. The folder ")
        .endsWith(" cannot be read.");
    Files.createDirectory(releases);
  }

  @Test
  void anUnknownEnvironmentCountsAsProtected() {
    assertThat(listed().isProtected("staging")).isFalse();
    assertThat(listed().isProtected("prod")).isTrue();
    assertThat(listed().isProtected("moon")).isTrue();
  }

  private static String missing(
      Catalogue catalogue, String environment, String application, String version) {
    return switch (catalogue.release(environment, application, version)) {
      case Release.Missing(String reason) -> reason;
      case Release.Found found -> throw new AssertionError(found);
      case Release.Tagged tagged -> throw new AssertionError(tagged);
    };
  }

  @Test
  void aVersionHasAPageWhereTheConfigurationSaysSoAndNowhereElse() {
    assertThat(listed().page(new Planned.Subject("staging", "web", "1.10")))
        .contains("https://git.example/web/releases/1.10?for=staging");
    assertThat(listed().page(new Planned.Subject("staging", "web", "2.0"))).isEmpty();
    assertThat(listed().page(new Planned.Subject("staging", "shop", "1.10"))).isEmpty();
    assertThat(inFolder().page(new Planned.Subject("staging", "web", "1.10"))).isEmpty();
  }
}
