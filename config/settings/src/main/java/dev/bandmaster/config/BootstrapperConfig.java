package dev.bandmaster.config;

import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A bootstrapper that does the work of an environment.
 *
 * @param url its base address
 * @param environment the environment's name as the bootstrapper knows it; empty for the same name
 * @param modules what {@code adhoc} may run
 * @param roles roles that the commands role and eip may name
 * @param answerTime how long a request may take as a whole
 */
public record BootstrapperConfig(
    URI url,
    Optional<Secret> token,
    Optional<Path> authorities,
    Optional<String> environment,
    List<String> modules,
    List<String> roles,
    Duration answerTime)
    implements BackendConfig {
  private static final Duration ANSWER_TIME = Duration.ofSeconds(30);

  public BootstrapperConfig {
    modules = List.copyOf(modules);
    roles = List.copyOf(roles);
  }

  static BootstrapperConfig read(Section section, List<String> modules, List<String> roles) {
    String url =
        section
            .text(
                "url",
                "Base URL of a bootstrapper, such as `https://staging.example.net`, without "
                    + "`/ansible`.")
            .where(
                BootstrapperConfig::isAddress,
                "must be an http:// or https:// URL without user, query and fragment")
            .required();
    return new BootstrapperConfig(
        isAddress(url) ? URI.create(url) : URI.create("http://localhost"),
        section
            .secret("token", "Token that is sent in `Authorization: Bearer …`.")
            .where(
                text -> text.chars().allMatch(one -> one > ' ' && one < 127),
                "must be one line of printable ASCII without blanks")
            .optional(),
        section
            .section("tls", tls -> tls.path("ca_file", CA_FILE).optional(), "TLS of an https URL.")
            .orDefault(Optional.empty()),
        section
            .name(
                "environment",
                "The environment's name as the bootstrapper knows it, if it has another name "
                    + "there.")
            .optional(),
        modules,
        roles,
        section
            .duration(
                "answer_timeout",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                "How long a request may take as a whole. What was sent and not answered by then "
                    + "is reported as unknown and never sent again.")
            .orDefault(ANSWER_TIME));
  }

  private static final String CA_FILE =
      "PEM file with the certificates to check the bootstrapper's certificate with; without this "
          + "key, those of the machine.";

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
