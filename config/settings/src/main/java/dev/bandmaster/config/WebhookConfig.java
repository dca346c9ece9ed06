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
 * A system outside that tells the bot what is wrong, under {@code POST /webhooks/<name>}.
 *
 * @param kind in which form it tells that
 * @param proof how it shows that it is the one
 * @param environment of what it tells without one; empty for none
 * @param environmentLabel the label that names the environment
 * @param appLabel the label that names the application
 * @param nodeLabel the label that names the node
 * @param severity of what it tells without one
 * @param quiet after how long without a further word something is over; empty for what its kind has
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

  /** What can be guessed is no secret. */
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
    Kind kind =
        section
            .field(
                "kind",
                Kinds.choice(Kind.class),
                "In which form it tells what is wrong: Alertmanager's webhook (version 4), what"
                    + " `config/bandmaster-serf-handler.sh` sends, or the plain form.")
            .required();
    Proof proof = proof(section);
    WebhookConfig read =
        new WebhookConfig(
            kind,
            proof,
            section
                .name(
                    "environment",
                    "The environment of alerts whose labels name none of `environments`.")
                .optional(),
            section
                .name("environment_label", "The label that names the environment.")
                .orDefault("env"),
            section.name("app_label", "The label that names the app.").orDefault("app"),
            section
                .name(
                    "node_label",
                    "The label that names the node. Without this key `instance` for Alertmanager,"
                        + " and `node` otherwise; a port behind the name is left out.")
                .optional(),
            section
                .field(
                    "severity",
                    Kinds.choice(AlertRouteConfig.Severity.class),
                    "How bad it is when that is not said.")
                .orDefault(AlertRouteConfig.Severity.WARNING),
            section
                .duration(
                    "quiet",
                    Duration.ofSeconds(1),
                    Duration.ofDays(30),
                    "After how long without a further word an alert is over. Without this key"
                        + " `alerts.quiet` for the plain form and Serf's user events; what"
                        + " Alertmanager and Serf say of members ends when they say so.")
                .optional(),
            section
                .list(
                    "user_events",
                    Kinds.glob(),
                    "Serf's user events that are alerts, with `*` and `?`; without this key none.")
                .orDefault(List.of()),
            section
                .integer(
                    "per_minute", 1, 6_000, "How many deliveries are taken; more are answered 429.")
                .orDefault(120));
    if (!read.userEvents().isEmpty() && kind != Kind.SERF && !section.isDescribing()) {
      section.refuse("user_events", "is for the kind 'serf' alone");
    }
    return read;
  }

  private static Proof proof(Section section) {
    Optional<Secret> token =
        secret(
            section,
            "token",
            "What a delivery must show: `Authorization: Bearer …`. Exactly one of `token` and"
                + " `hmac`.");
    Optional<Secret> hmac =
        secret(
            section,
            "hmac",
            "With what a delivery must be signed: HMAC-SHA256 over its time and its body.");
    Duration window =
        section
            .duration(
                "window",
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                "How far the time of a signed delivery may be from the bot's.")
            .orDefault(Duration.ofMinutes(5));
    List<String> said = Stream.of("token", "hmac").filter(key -> isSaid(section, key)).toList();
    if (said.isEmpty()) {
      section.refuse(
          "a webhook needs a secret: one of token and hmac, or the same with _file or _env");
    } else if (said.size() > 1) {
      section.refuse("a webhook has one secret: keep one of token and hmac");
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
            "must have %d characters at least; 'openssl rand -hex 32' makes such a secret"
                .formatted(SHORTEST_SECRET))
        .optional();
  }

  private static boolean isSaid(Section section, String key) {
    return Stream.of(key, key + "_file", key + "_env").anyMatch(section::has);
  }
}
