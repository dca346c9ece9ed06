package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a node counts as down, and who is notified.
 *
 * @param nodeTimeout after how long a silence a node is down; empty for three of its intervals
 * @param startupGrace how long an expected node may take to report for the first time
 * @param observerGrace how long broker and store must be healthy before a silent node counts as
 *     down
 * @param forgetAfter how long nodes are remembered that are down or have left
 * @param criticalEnvironments where a node that is down is critical
 * @param gather from the first alert to its message
 * @param remind between two reminders
 * @param linger from the last recovery to the end of a message
 * @param acknowledged how long an acknowledgement lasts
 * @param quiet time without recurrence after which an alert counts as resolved
 * @param routes where which alerts are posted; the first that fits counts
 * @param fallbackChannel where alerts go whose channel refuses them
 * @param owner the id of the person who is notified of such a channel
 * @param watchdog external dead man's switch, called as long as alerts can be sent
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

  static AlertsConfig read(Section section, ChatIds ids) {
    AlertsConfig config =
        readKeys(
            section
                .renamed("gather", "group_wait")
                .renamed("remind", "repeat_interval")
                .renamed("linger", "resolve_delay")
                .renamed("acknowledged", "acknowledge_timeout")
                .renamed("quiet", "resolve_timeout"),
            ids);
    long names = config.hooks().stream().map(HookConfig::name).distinct().count();
    if (names < config.hooks().size()) {
      section.refuse("hooks", "has two hooks with the same name");
    }
    return config;
  }

  private static AlertsConfig readKeys(Section section, ChatIds ids) {
    return new AlertsConfig(
        section
            .duration(
                "node_timeout",
                SHORTEST,
                A_DAY,
                "How long a node may be silent before it counts as down. Default: three of "
                    + "its heartbeat intervals, at least 30s. Values below one and a half "
                    + "intervals are raised to that.")
            .optional(),
        section
            .duration(
                "startup_grace",
                SHORTEST,
                A_DAY,
                "How long a node in `expected_nodes` may take to report for the first time.")
            .orDefault(STANDARD.startupGrace()),
        section
            .duration(
                "observer_grace",
                SHORTEST,
                Duration.ofMinutes(5),
                "How long broker and store must be healthy before a silent node counts as down.")
            .orDefault(STANDARD.observerGrace()),
        section
            .duration(
                "forget_after",
                Duration.ofMinutes(1),
                Duration.ofDays(90),
                "How long nodes that are down or have left are kept in the store.")
            .orDefault(STANDARD.forgetAfter()),
        section
            .list(
                "critical_environments",
                Kinds.name(),
                "Environments in which a node going down is critical and posted immediately. "
                    + "Elsewhere it is a warning.")
            .orDefault(STANDARD.criticalEnvironments()),
        section
            .duration(
                "group_wait",
                SHORTEST,
                Duration.ofMinutes(10),
                "How long to collect related alerts before posting one message for all of "
                    + "them. Critical alerts are posted immediately.")
            .orDefault(STANDARD.gather()),
        section
            .duration(
                "repeat_interval",
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                "Interval between reminders of an alert that is neither acknowledged nor "
                    + "silenced.")
            .orDefault(STANDARD.remind()),
        section
            .duration(
                "resolve_delay",
                SHORTEST,
                Duration.ofHours(1),
                "How long everything must stay resolved before the alert message is closed. "
                    + "A later failure is posted as a new message.")
            .orDefault(STANDARD.linger()),
        section
            .duration(
                "acknowledge_timeout",
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                "How long an acknowledgement lasts while the alert is still firing.")
            .orDefault(STANDARD.acknowledged()),
        section
            .duration(
                "resolve_timeout",
                SHORTEST,
                Duration.ofDays(7),
                "How long until an alert that is never resolved explicitly, such as a failed "
                    + "job, counts as resolved if it does not recur.")
            .orDefault(STANDARD.quiet()),
        section
            .list(
                "routes",
                Kinds.section(route -> AlertRouteConfig.read(route, ids)),
                "Routes from alerts to channels; the first match wins. Other alerts go to "
                    + "`slack.alerts_channel` or, if it is not set, to `slack.operators_channel`.")
            .orDefault(List.of()),
        section
            .field(
                "fallback_channel",
                ids.channel().kind(),
                "Channel for alerts whose own channel is deleted, archived or does not have "
                    + "the bot in it. Default: `slack.operators_channel`.")
            .optional(),
        section
            .field("owner", ids.user().kind(), "The person to notify about such a channel.")
            .optional(),
        section
            .section(
                "watchdog",
                WatchdogConfig::read,
                "External dead man's switch: a URL the bot calls as long as it can deliver "
                    + "alerts. When the calls stop, the external service raises the alarm.")
            .optional(),
        section
            .list(
                "hooks",
                Kinds.section(HookConfig::read),
                "Programs to run when nodes join, leave or fail.")
            .orDefault(List.of()));
  }
}
