package dev.bandmaster.slack;

import java.net.URI;
import java.time.Duration;

/**
 * Where Slack is and who the bot is there.
 *
 * @param appToken the app-level token, {@code xapp-…}, which opens sockets
 * @param botToken the bot's token, {@code xoxb-…}, which does everything else
 * @param api where the Web API's methods begin, with a slash at the end
 * @param callTimeout how long one call may take in all
 * @param patience how long a refused token is kept
 * @param blocks which blocks messages are made of
 */
public record SlackSettings(
    String appToken,
    String botToken,
    URI api,
    Duration callTimeout,
    SocketTimings timings,
    TokenPatience patience,
    BlockChoice blocks) {

  /** Slack itself. */
  public static final URI SLACK = URI.create("https://slack.com/api/");

  /** Slack answers most calls within a second and times out after half a minute. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  public SlackSettings {
    if (!api.toString().endsWith("/")) {
      throw new IllegalArgumentException("the URL of Slack's Web API must end with a slash");
    }
    if (!callTimeout.isPositive()) {
      throw new IllegalArgumentException("a call's timeout must be positive");
    }
  }

  /** The settings with everyday patience for tokens. */
  public SlackSettings(
      String appToken, String botToken, URI api, Duration callTimeout, SocketTimings timings) {
    this(appToken, botToken, api, callTimeout, timings, TokenPatience.DEFAULT);
  }

  /** The settings with modern blocks where the workspace takes them. */
  public SlackSettings(
      String appToken,
      String botToken,
      URI api,
      Duration callTimeout,
      SocketTimings timings,
      TokenPatience patience) {
    this(appToken, botToken, api, callTimeout, timings, patience, BlockChoice.AUTO);
  }

  /** The same, with these blocks. */
  public SlackSettings with(BlockChoice other) {
    return new SlackSettings(appToken, botToken, api, callTimeout, timings, patience, other);
  }

  /** The settings with everyday patience. */
  public static SlackSettings of(String appToken, String botToken, URI api) {
    return new SlackSettings(appToken, botToken, api, CALL_TIMEOUT, SocketTimings.DEFAULT);
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "SlackSettings[api=" + api + "]";
  }
}
