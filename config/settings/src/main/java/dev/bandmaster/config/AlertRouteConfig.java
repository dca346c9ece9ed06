package dev.bandmaster.config;

import dev.bandmaster.model.Names;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;
import java.util.Optional;

/**
 * Where some alerts are posted.
 *
 * @param environments empty for all
 * @param apps empty for all
 * @param severity the minimum severity
 * @param channel the channel's id
 * @param mention the id of the user group that is called, or {@code oncall:} and a team's name
 */
public record AlertRouteConfig(
    List<String> environments,
    List<String> apps,
    Severity severity,
    String channel,
    Optional<String> mention) {

  /** How urgent an alert is. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  public AlertRouteConfig {
    environments = List.copyOf(environments);
    apps = List.copyOf(apps);
  }

  /** A group, or whoever is on call in a team. */
  static Kind<String> mention(ChatIds ids) {
    return Kinds.text(
        ids.group().name() + ", or oncall: and the name of a team",
        text ->
            ids.group().test().test(text)
                || (text.startsWith(OnCallConfig.MENTION)
                    && Names.isName(text.substring(OnCallConfig.MENTION.length()))));
  }

  static AlertRouteConfig read(Section section, ChatIds ids) {
    return new AlertRouteConfig(
        section
            .list(
                "environments",
                Kinds.name(),
                "Environments this route matches; without this key, all.")
            .orDefault(List.of()),
        section
            .list("apps", Kinds.name(), "Apps this route matches; without this key, all.")
            .orDefault(List.of()),
        section
            .field("severity", Kinds.choice(Severity.class), "Minimum severity.")
            .orDefault(Severity.INFO),
        section.field("channel", ids.channel().kind(), "The channel.").required(),
        section
            .field(
                "mention",
                mention(ids),
                "The user group to mention, or `oncall:` and a team of `oncall` for the person on "
                    + "call.")
            .optional());
  }
}
