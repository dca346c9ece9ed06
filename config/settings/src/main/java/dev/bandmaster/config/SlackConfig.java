package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.util.Optional;

/**
 * Connection to Slack.
 *
 * @param appToken opens the socket; begins with {@code xapp-}
 * @param botToken calls the Web API; begins with {@code xoxb-}
 * @param apiUrl where the Web API is, ending in a slash
 * @param alertsChannel where alerts about the fleet are posted
 * @param ownerChannel where the bot reports problems its operators need to fix, such as a " +
 *     "rejected policy
 * @param blocks which of Slack's blocks messages are made of
 */
public record SlackConfig(
    Secret appToken,
    Secret botToken,
    URI apiUrl,
    Optional<String> alertsChannel,
    Optional<String> ownerChannel,
    Blocks blocks) {

  /** Which of Slack's blocks messages are made of. */
  public enum Blocks {
    /** The newer ones where the workspace takes them. */
    AUTO,
    /** Only those that every Slack shows. */
    CLASSIC
  }

  static SlackConfig read(Section section, ChatIds ids) {
    section
        .renamed("owner_channel", "operators_channel")
        .removed("command", "is not used, since the bot takes every slash command of its app");
    return new SlackConfig(
        section
            .secret(
                "app_token",
                "App-level token (`xapp-…`) with the scope `connections:write`; opens the "
                    + "socket.")
            .required(),
        section.secret("bot_token", "Bot token (`xoxb-…`); calls the Web API.").required(),
        section
            .field(
                "api_url",
                Kinds.uri("https", "http"),
                "URL of Slack's Web API. Change it only to use the simulator.")
            .where(uri -> uri.getPath().endsWith("/"), "must end in '/'")
            .orDefault(URI.create("https://slack.com/api/")),
        section
            .field("alerts_channel", ids.channel().kind(), "Channel for alerts about the fleet.")
            .optional(),
        section
            .field(
                "operators_channel",
                ids.channel().kind(),
                "Channel in which the bot notifies its operators of problems they need to "
                    + "fix, such as a rejected policy file.")
            .optional(),
        section
            .field(
                "blocks",
                Kinds.choice(Blocks.class),
                "Which of Slack's blocks messages are made of. `auto` uses the tables, charts and"
                    + " folded parts that Slack has added in 2026 where the workspace takes them;"
                    + " `classic` never does.")
            .orDefault(Blocks.AUTO));
  }
}
