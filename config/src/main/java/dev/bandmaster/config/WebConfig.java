package dev.bandmaster.config;

import dev.bandmaster.config.yaml.Secret;
import dev.bandmaster.config.yaml.Section;
import java.util.Optional;

/**
 * The bot's own web pages: health, metrics, Control Tower.
 *
 * @param port 0 takes a free one
 * @param token what a browser or a script must show; required off the loopback
 */
public record WebConfig(String bind, int port, Optional<Secret> token) {
  public static final WebConfig STANDARD = new WebConfig("127.0.0.1", 8088, Optional.empty());

  static WebConfig read(Section section) {
    var web =
        new WebConfig(
            section.text("bind", "Address to listen on.").orDefault(STANDARD.bind()),
            section
                .integer("port", 0, 65535, "Port to listen on; 0 takes a free one.")
                .orDefault(STANDARD.port()),
            section
                .secret(
                    "token",
                    "What a browser or a script must show. Required when `bind` is not the"
                        + " loopback address.")
                .optional());
    if (!web.isLoopback() && web.token().isEmpty()) {
      section.refuse(
          "bind",
          "is reachable from other machines, so 'web' needs a token; add 'token_file', or bind to"
              + " 127.0.0.1");
    }
    return web;
  }

  private boolean isLoopback() {
    return bind.startsWith("127.") || bind.equals("localhost") || bind.equals("::1");
  }
}
