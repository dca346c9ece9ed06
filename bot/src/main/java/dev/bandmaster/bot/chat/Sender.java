package dev.bandmaster.bot.chat;

/**
 * Who a payload came from, as Slack's own ids; names are never keys.
 *
 * @param team the sender's own workspace, not the one the event was delivered to
 * @param user the user id
 */
public record Sender(String team, String user) {

  /** The form in which a person is named on the bus and in the audit. */
  public String principal() {
    return "slack:" + team + ":" + user;
  }
}
