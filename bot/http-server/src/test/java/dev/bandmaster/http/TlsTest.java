package dev.bandmaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server with a certificate of its own. */
@Timeout(300)
class TlsTest {
  @TempDir private Path folder;
  private final AtomicLong now = new AtomicLong(System.nanoTime());
  private Optional<BoundedServer> server = Optional.empty();

  @AfterEach
  void stop() {
    server.ifPresent(BoundedServer::close);
  }

  /** A certificate for localhost and its key, as PEM files of this name. */
  private KeyStore certificate(String name, String algorithm) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
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
    Files.writeString(
        folder.resolve(name + ".pem"),
        pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    Files.writeString(
        folder.resolve(name + ".key"),
        pem("PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded()));
    return keys;
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }

  private TlsIdentity identity(String certificate, String key) throws IOException {
    return TlsIdentity.read(
        folder.resolve(certificate + ".pem"), Files.readString(folder.resolve(key + ".key")));
  }

  private BoundedServer start(String name) throws IOException {
    BoundedServer started =
        new BoundedServer(
            "test",
            "127.0.0.1",
            0,
            HttpBounds.STANDARD.withBodies(64 << 10, 512 << 10),
            Optional.of(identity(name, name)),
            now::get);
    server = Optional.of(started);
    started.start(config -> {
      config.routes.get("/", context -> context.result(context.scheme()));
      config.routes.post("/echo", context -> context.result(context.body()));
    });
    return started;
  }

  private static HttpClient trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("https://127.0.0.1:%d%s".formatted(server.orElseThrow().port(), path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void apiZ2_thePortSpeaksTlsWithACertificateOfItsOwn(String algorithm) throws Exception {
    KeyStore keys = certificate("server", algorithm);
    start("server");
    try (HttpClient client = trusting(keys)) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(request("/").build(), HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo("https");
      }
      assertThat(
              client
                  .send(
                      request("/echo")
                          .POST(HttpRequest.BodyPublishers.ofString("x".repeat(60_000)))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body())
          .hasSize(60_000);
      assertThat(
              client
                  .send(
                      request("/echo")
                          .POST(HttpRequest.BodyPublishers.ofString("x".repeat(70_000)))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .as("bodies are bounded as without TLS")
          .isEqualTo(413);
    }
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      assertThatThrownBy(
              () -> stranger.send(request("/").build(), HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void apiZ2_whoBeginsNoHandshakeIsClosedInTime() throws Exception {
    certificate("server", "EC");
    BoundedServer started = start("server");
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), started.port());
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), started.port())) {
      plain
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .as("plain HTTP gets no page")
          .doesNotContain("HTTP/1.1 200");
      while (started.connections() == 0) {
        Thread.onSpinWait();
      }
      now.addAndGet(HttpBounds.STANDARD.times().headers().plusSeconds(1).toNanos());
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void apiZ2_aCertificateThatCannotBeUsedIsNamed() throws Exception {
    certificate("one", "EC");
    certificate("other", "EC");
    certificate("rsa", "RSA");
    assertThatThrownBy(() -> identity("one", "other"))
        .hasMessage(
            "The private key does not belong to the certificate, which comes first in its file.");
    assertThatThrownBy(() -> identity("one", "rsa"))
        .hasMessageContaining("does not belong to the certificate");
    assertThatThrownBy(() ->
            TlsIdentity.read(folder.resolve("one.pem"), "-----BEGIN EC PRIVATE KEY-----\nabc"))
        .hasMessageContaining("openssl pkcs8 -topk8");
    assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("nothing.pem"), ""))
        .hasMessageContaining("nothing.pem");
    Files.writeString(folder.resolve("empty.pem"), "");
    assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("empty.pem"), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty.pem");
  }
}
