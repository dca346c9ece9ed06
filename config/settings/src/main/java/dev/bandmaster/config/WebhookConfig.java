package dev.bandmaster.config;

import dev.bandmaster.model.Glob;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.SecretField;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An external system that sends alerts to {@code POST /webhooks/<name>}.
 *
 * @param kind format of its deliveries
 * @param proof how it shows that it is the one
 * @param environment of alerts that name none; empty for none
 * @param environmentLabel the label that names the environment
 * @param appLabel the label that names the application
 * @param nodeLabel the label that names the node
 * @param severity of alerts that name none
 * @param quiet time without recurrence after which an alert counts as resolved; empty for the
 *     default of its kind
 * @param userEvents of Serf, those that are alerts
 * @param perMinute how many deliveries are taken
 */
public record WebhookConfig(
    Kind kind,
    Proof proof,
    Optional<String> environment,
    String environmentLabel,
    String appLabel,
    Optional<String> nodeLabel,
    AlertRouteConfig.Severity severity,
    Optional<Duration> quiet,
    List<Glob> userEvents,
    int perMinute) {

  /** A secret that can be guessed is not secret. */
  private static final int SHORTEST_SECRET = 16;

  /** In which form a delivery comes. */
  public enum Kind {
    ALERTMANAGER,
    SERF,
    PLAIN
  }

  /** How a delivery shows where it comes from. */
  public sealed interface Proof {
    Secret secret();

    /** It shows the secret itself. */
    record Token(Secret secret) implements Proof {}

    /**
     * It is signed with the secret.
     *
     * @param window how far its time may be from the bot's
     */
    record Signature(Secret secret, Duration window) implements Proof {}
  }

  public WebhookConfig {
    userEvents = List.copyOf(userEvents);
  }

  static WebhookConfig read(Section section) {
    section.renamed("quiet", "resolve_timeout");
    Kind kind =
        section
            .field(
                "kind",
                Kinds.choice(Kind.class),
                "Format of its deliveries: Alertmanager's webhook (version 4), what "
                    + "`config/bandmaster-serf-handler.sh` sends, or the plain format.")
            .required();
    Proof proof = proof(section);
    WebhookConfig read =
        new WebhookConfig(
            kind,
            proof,
            section
                .name(
                    "environment",
                    "Environment for alerts whose labels name none of `environments`.")
                .optional(),
            section
                .name("environment_label", "The label that names the environment.")
                .orDefault("env"),
            section.name("app_label", "The label that names the app.").orDefault("app"),
            section
                .name(
                    "node_label",
                    "The label that names the node. Default: `instance` for Alertmanager and "
                        + "`node` otherwise; a port after the name is dropped.")
                .optional(),
            section
                .field(
                    "severity",
                    Kinds.choice(AlertRouteConfig.Severity.class),
                    "Severity of alerts that do not specify one.")
                .orDefault(AlertRouteConfig.Severity.WARNING),
            section
                .duration(
                    "resolve_timeout",
                    Duration.ofSeconds(1),
                    Duration.ofDays(30),
                    "How long until an alert counts as resolved if it does not recur. Default: "
                        + "`alerts.resolve_timeout` for the plain format and Serf's user events. Alertmanager's "
                        + "alerts and Serf's member events end when their source resolves them.")
                .optional(),
            section
                .list(
                    "user_events",
                    Kinds.glob(),
                    "Patterns, with `*` and `?`, for Serf's user events that count as alerts; "
                        + "without this key, none.")
                .orDefault(List.of()),
            section
                .integer(
                    "per_minute",
                    1,
                    6_000,
                    "Maximum deliveries per minute; further ones are answered with 429.")
                .orDefault(120));
    if (!read.userEvents().isEmpty() && kind != Kind.SERF && !section.isDescribing()) {
      section.refuse("user_events", "is only valid for the kind 'serf'");
    }
    return read;
  }

  private static Proof proof(Section section) {
    Optional<Secret> token =
        secret(
            section,
            "token",
            "Token that a delivery must send in `Authorization: Bearer …`. Exactly one "
                + "of `token` and `hmac`.");
    Optional<Secret> hmac =
        secret(
            section, "hmac", "Key that signs a delivery: HMAC-SHA256 over its timestamp and body.");
    Duration window =
        section
            .duration(
                "window",
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                "Maximum difference between a signed delivery's timestamp and the bot's clock.")
            .orDefault(Duration.ofMinutes(5));
    List<String> said = Stream.of("token", "hmac").filter(key -> isSaid(section, key)).toList();
    if (said.isEmpty()) {
      section.refuse(
          "a webhook needs a secret: one of token and hmac, or the same with _file or _env");
    } else if (said.size() > 1) {
      section.refuse("a webhook has only one secret; keep either token or hmac");
    }
    return hmac.<Proof>map(secret -> new Proof.Signature(secret, window))
        .or(() -> token.map(Proof.Token::new))
        .orElseGet(() -> new Proof.Token(Secret.of("none at " + section.position())));
  }

  private static Optional<Secret> secret(Section section, String key, String description) {
    SecretField field = section.secret(key, description);
    return field
        .where(
            secret -> secret.length() >= SHORTEST_SECRET,
            "must have at least %d characters; generate one with 'openssl rand -hex 32'"
                .formatted(SHORTEST_SECRET))
        .optional();
  }

  private static boolean isSaid(Section section, String key) {
    return Stream.of(key, key + "_file", key + "_env").anyMatch(section::has);
  }
}
