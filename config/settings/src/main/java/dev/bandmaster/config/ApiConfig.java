package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The API for programs and the command line, on the port of {@link WebConfig}.
 *
 * @param channel id of the channel in which people see, and approve, what was asked by the API
 * @param hosts names by which clients may call the bot, in lower case, beside its own addresses
 * @param perMinute requests of one person or service
 * @param services secrets of programs with rights of their own, by name
 * @param facade the bootstrapper's API, if it is served too
 */
public record ApiConfig(
    Optional<String> channel,
    List<String> hosts,
    int perMinute,
    Map<String, Secret> services,
    Optional<FacadeConfig> facade) {

  /** A secret that can be guessed is not secret. */
  private static final int SHORTEST_SECRET = 32;

  public ApiConfig {
    hosts = List.copyOf(hosts);
    services = Ordered.copy(services);
  }

  /** The API without the bootstrapper's. */
  public ApiConfig(
      Optional<String> channel, List<String> hosts, int perMinute, Map<String, Secret> services) {
    this(channel, hosts, perMinute, services, Optional.empty());
  }

  static ApiConfig read(Section section, ChatIds ids) {
    ApiConfig read =
        new ApiConfig(
            section
                .field(
                    "channel",
                    ids.channel().kind(),
                    "Channel that shows jobs requested by the API, and where people approve them. "
                        + "Without it they are approved by the API or with `approve`.")
                .optional(),
            section
                .list(
                    "hosts",
                    Kinds.text(
                        "a host name without port, such as bandmaster.example.com",
                        text -> text.matches("[A-Za-z0-9.-]{1,253}")),
                    "Host names by which clients may call the API, beside `localhost` and the "
                        + "address in `web.bind`; requests for other hosts are refused.")
                .orDefault(List.of())
                .stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList(),
            section
                .integer(
                    "per_minute",
                    1,
                    6_000,
                    "Maximum requests per minute of one person or service; further ones are "
                        + "answered with 429.")
                .orDefault(300),
            section
                .map(
                    "services",
                    Kinds.section(ApiConfig::secret),
                    "Programs that use the API with rights of their own, by name: the policy "
                        + "calls each `service:<name>`.")
                .orDefault(Map.of()),
            section
                .section(
                    "facade",
                    FacadeConfig::read,
                    "The bootstrapper's API under `/ansible/`, for scripts that call one; see the "
                        + "how-to on the facade. Without this section there is none.")
                .optional());
    read.check(section);
    return read;
  }

  private static Secret secret(Section section) {
    return section
        .secret("token", "Token that the program sends in `Authorization: Bearer …`.")
        .where(
            secret -> secret.length() >= SHORTEST_SECRET,
            "must have at least %d characters; generate one with 'openssl rand -hex 32'"
                .formatted(SHORTEST_SECRET))
        .required();
  }

  /** One program must not be able to impersonate another. */
  private void check(Section section) {
    if (section.isDescribing()) {
      return;
    }
    facade.ifPresent(served -> served.check(section, services.keySet()));
    Map<String, String> bySecret = new HashMap<>();
    services.forEach((name, secret) -> {
      if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        section.refuse(
            "services",
            "has the name '%s'; use lower-case letters, digits and hyphens".formatted(name));
      }
      String other = bySecret.putIfAbsent(secret.reveal(), name);
      if (other != null) {
        section.refuse(
            "services",
            "uses the same token for '%s' and '%s'; give each its own".formatted(other, name));
      }
    });
  }
}
