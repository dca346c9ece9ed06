package dev.bandmaster.config;

import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bot's own web pages: health, metrics, Control Tower.
 *
 * @param port 0 takes a free one
 * @param token what a browser or a script must show; required off the loopback
 * @param maxConnections open connections in all; half of them for one address
 * @param requestsPerSecond of one address, four times as many at once
 * @param tls with what the port proves who it is; without it, the port speaks plain HTTP
 */
public record WebConfig(
    String bind,
    int port,
    Optional<Secret> token,
    int maxConnections,
    int requestsPerSecond,
    Optional<Tls> tls) {
  public static final WebConfig STANDARD =
      new WebConfig("127.0.0.1", 8088, Optional.empty(), 256, 100, Optional.empty());

  /**
   * The server's certificate.
   *
   * @param certificates a PEM file with the certificate first, then its chain
   * @param key the private key in PEM
   */
  public record Tls(Path certificates, Secret key) {
    private static Tls read(Section section) {
      return new Tls(
          section
              .path(
                  "certificate_file",
                  "PEM file with the server's certificate first, then those between it and the "
                      + "authority. Read at start.")
              .required(),
          section
              .secret("key", "The private key in PEM (`BEGIN PRIVATE KEY`), not encrypted.")
              .required());
    }
  }

  static WebConfig read(Section section) {
    var web =
        new WebConfig(
            section.text("bind", "Address to listen on.").orDefault(STANDARD.bind()),
            section
                .integer("port", 0, 65535, "Port to listen on; 0 picks a free one.")
                .orDefault(STANDARD.port()),
            section
                .secret(
                    "token",
                    "Bearer token that clients must send. Required if `bind` is not a loopback "
                        + "address.")
                .optional(),
            section
                .integer(
                    "max_connections",
                    16,
                    4096,
                    "Maximum number of open connections; one client address may have half of "
                        + "them. Each takes up to 40 KiB of heap.")
                .orDefault(STANDARD.maxConnections()),
            section
                .integer(
                    "requests_per_second",
                    1,
                    10_000,
                    "Maximum requests per second from one client address, with bursts of four "
                        + "times as many. All requests through a proxy count as one address.")
                .orDefault(STANDARD.requestsPerSecond()),
            section
                .section(
                    "tls",
                    Tls::read,
                    "HTTPS with a certificate of your own. Without this section the port speaks "
                        + "plain HTTP; put a proxy with TLS before it if it is not on a loopback "
                        + "address.")
                .optional());
    if (!web.isLoopback() && web.token().isEmpty()) {
      section.refuse(
          "bind",
          "is reachable from other machines, so 'web' needs a token; add 'token_file' "
              + "or bind to"
              + " 127.0.0.1");
    }
    return web;
  }

  private boolean isLoopback() {
    return bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1");
  }
}
