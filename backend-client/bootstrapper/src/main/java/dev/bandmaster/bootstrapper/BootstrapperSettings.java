package dev.bandmaster.bootstrapper;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a bootstrapper is, and how to speak with it.
 *
 * @param url its base address, such as {@code https://staging.example.net}; {@code http} or {@code
 *     https}
 * @param token sent in {@code Authorization: Bearer …} with every request
 * @param authorities a PEM file with the certificates that its own is checked with; without one,
 *     those of the machine
 * @param answerTime how long a request may take as a whole, from connecting to the last byte
 */
public record BootstrapperSettings(
    URI url, Optional<String> token, Optional<Path> authorities, Duration answerTime) {

  /** Without the token, which must not come into a log. */
  @Override
  public String toString() {
    return "BootstrapperSettings[url=%s]".formatted(url);
  }
}
