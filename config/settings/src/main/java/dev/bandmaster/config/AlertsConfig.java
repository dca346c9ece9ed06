package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a node counts as down, and who is told of it.
 *
 * @param nodeTimeout after how long a silence a node is down; empty for three of its intervals
 * @param startupGrace how long an expected node may take to be heard for the first time
 * @param observerGrace how long everything has to be well with the bot before it judges silence
 * @param forgetAfter how long nodes are remembered that are down or have left
 * @param criticalEnvironments where a node that is down is critical
 * @param gather from the first alert to its message
 * @param remind between two reminders
 * @param linger from the last recovery to the end of a message
 * @param acknowledged how long an acknowledgement lasts
 * @param quiet without a further word, after which a failure is over
 * @param routes where which alerts are posted; the first that fits counts
 * @param fallbackChannel where alerts go whose channel refuses them
 * @param owner the id of the person who hears of such a channel
 * @param watchdog what is fed from outside as long as alerts can be sent
 * @param hooks programs that are run when nodes come and go
 */
public record AlertsConfig(
    Optional<Duration> nodeTimeout,
    Duration startupGrace,
    Duration observerGrace,
    Duration forgetAfter,
    List<String> criticalEnvironments,
    Duration gather,
    Duration remind,
    Duration linger,
    Duration acknowledged,
    Duration quiet,
    List<AlertRouteConfig> routes,
    Optional<String> fallbackChannel,
    Optional<String> owner,
    Optional<WatchdogConfig> watchdog,
    List<HookConfig> hooks) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration A_DAY = Duration.ofDays(1);

  public static final AlertsConfig STANDARD =
      new AlertsConfig(
          Optional.empty(),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofHours(72),
          List.of(),
          Duration.ofSeconds(30),
          Duration.ofHours(4),
          Duration.ofSeconds(60),
          Duration.ofHours(8),
          Duration.ofMinutes(30),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public AlertsConfig {
    hooks = List.copyOf(hooks);
    criticalEnvironments = List.copyOf(criticalEnvironments);
    routes = List.copyOf(routes);
  }

  /** The same at another pace, for where nobody wants to wait. */
  public AlertsConfig at(
      Duration timeout, Duration observing, Duration gathering, Duration lingering) {
    return new AlertsConfig(
        Optional.of(timeout),
        startupGrace,
        observing,
        forgetAfter,
        criticalEnvironments,
        gathering,
        remind,
        lingering,
        acknowledged,
        quiet,
        routes,
        fallbackChannel,
        owner,
        watchdog,
        hooks);
  }

  static AlertsConfig read(Section section) {
    AlertsConfig config = readKeys(section);
    long names = config.hooks().stream().map(HookConfig::name).distinct().count();
    if (names < config.hooks().size()) {
      section.refuse("hooks", "has two with the same name");
    }
    return config;
  }

  private static AlertsConfig readKeys(Section section) {
    return new AlertsConfig(
        section
            .duration(
                "node_timeout",
                SHORTEST,
                A_DAY,
                "After how long a silence a node is down. Without this key three of its own"
                    + " intervals, and no less than 30s; never less than one and a half.")
            .optional(),
        section
            .duration(
                "startup_grace",
                SHORTEST,
                A_DAY,
                "How long a node of `expected_nodes` may take to be heard for the first time.")
            .orDefault(STANDARD.startupGrace()),
        section
            .duration(
                "observer_grace",
                SHORTEST,
                Duration.ofMinutes(5),
                "How long broker and store have to be well before the bot believes that a silent"
                    + " node is down.")
            .orDefault(STANDARD.observerGrace()),
        section
            .duration(
                "forget_after",
                Duration.ofMinutes(1),
                Duration.ofDays(90),
                "How long nodes are remembered that are down or have left.")
            .orDefault(STANDARD.forgetAfter()),
        section
            .list(
                "critical_environments",
                Kinds.name(),
                "Where a node that is down is critical: it is posted at once. Elsewhere it is a"
                    + " warning.")
            .orDefault(STANDARD.criticalEnvironments()),
        section
            .duration(
                "gather",
                SHORTEST,
                Duration.ofMinutes(10),
                "From the first alert to its message, so that what fails together is one message."
                    + " Critical alerts do not wait.")
            .orDefault(STANDARD.gather()),
        section
            .duration(
                "remind",
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                "Between two reminders of an alert that nobody has acknowledged or silenced.")
            .orDefault(STANDARD.remind()),
        section
            .duration(
                "linger",
                SHORTEST,
                Duration.ofHours(1),
                "How long all has to be well until a message is closed; a failure after that is a"
                    + " new message.")
            .orDefault(STANDARD.linger()),
        section
            .duration(
                "acknowledged",
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                "How long an acknowledgement lasts while things are not well.")
            .orDefault(STANDARD.acknowledged()),
        section
            .duration(
                "quiet",
                SHORTEST,
                Duration.ofDays(7),
                "After how long without a further word a failure is over that has no end of its"
                    + " own, such as a failed job.")
            .orDefault(STANDARD.quiet()),
        section
            .list(
                "routes",
                Kinds.section(AlertRouteConfig::read),
                "Where which alerts are posted; the first that fits counts. All others go to"
                    + " `slack.alerts_channel` or, without one, to `slack.owner_channel`.")
            .orDefault(List.of()),
        section
            .field(
                "fallback_channel",
                Types.channel(),
                "Where alerts go whose channel is gone, archived or without the bot. Without this"
                    + " key, `slack.owner_channel`.")
            .optional(),
        section
            .text("owner", "The Slack id of the person who is told of such a channel.")
            .where(
                user -> user.matches("[UW][A-Z0-9]{2,20}"), "must be a user id such as U0123ABCD")
            .optional(),
        section
            .section(
                "watchdog",
                WatchdogConfig::read,
                "An address outside that is called as long as alerts can reach people, so that"
                    + " somebody hears of it when the bot itself is dead.")
            .optional(),
        section
            .list(
                "hooks",
                Kinds.section(HookConfig::read),
                "Programs that are run when nodes come and go.")
            .orDefault(List.of()));
  }
}
