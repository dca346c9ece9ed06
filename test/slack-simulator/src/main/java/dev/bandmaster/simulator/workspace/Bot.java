package dev.bandmaster.simulator.workspace;

import java.util.Set;

/**
 * The installed app and its bot user.
 *
 * @param userId the bot's user id
 * @param botId the bot id that its messages carry
 * @param appId the app's id
 * @param name the handle, what is typed after {@code @}
 * @param botToken the bot token; it begins with {@code xoxb-}
 * @param appToken the app-level token for Socket Mode; it begins with {@code xapp-}
 * @param scopes the scopes granted to the bot token
 * @param events the subscribed events, for example {@code app_mention}
 * @param commands the registered slash commands, each with its slash
 */
public record Bot(
    String userId,
    String botId,
    String appId,
    String name,
    String botToken,
    String appToken,
    Set<String> scopes,
    Set<String> events,
    Set<String> commands) {
  public Bot {
    Checks.text("bot's user id", userId);
    Checks.text("bot's name", name);
    if (!botToken.startsWith("xoxb-")) {
      throw new IllegalArgumentException("The bot token must begin with xoxb-.");
    }
    if (!appToken.startsWith("xapp-")) {
      throw new IllegalArgumentException("The app token must begin with xapp-.");
    }
    scopes = Set.copyOf(scopes);
    events = Set.copyOf(events);
    commands = Set.copyOf(commands);
  }

  /** The same bot with other subscriptions. */
  public Bot withEvents(Set<String> subscribed) {
    return new Bot(userId, botId, appId, name, botToken, appToken, scopes, subscribed, commands);
  }

  /** The same bot with other scopes. */
  public Bot withScopes(Set<String> granted) {
    return new Bot(userId, botId, appId, name, botToken, appToken, granted, events, commands);
  }

  /** Leaves the tokens out. */
  @Override
  public String toString() {
    return "Bot[" + name + ", " + userId + "]";
  }
}
