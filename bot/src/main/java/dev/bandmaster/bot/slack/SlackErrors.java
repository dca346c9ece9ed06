package dev.bandmaster.bot.slack;

import java.util.Map;

/** What Slack's errors mean to the person who has to mend them. */
final class SlackErrors {

  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry(
              "channel_not_found",
              "The bot cannot see the channel: it does not exist, or it is private and the bot is"
                  + " not in it. Invite the bot with /invite."),
          Map.entry(
              "not_in_channel", "The bot is not in the channel. Invite the bot with /invite."),
          Map.entry("is_archived", "The channel is archived. Unarchive it or choose another one."),
          Map.entry("msg_too_long", "Slack finds the message too long."),
          Map.entry("msg_blocks_too_long", "Slack finds the message's blocks too long."),
          Map.entry("no_text", "The message has no text."),
          Map.entry("invalid_blocks", "Slack does not accept the message's blocks."),
          Map.entry("invalid_blocks_format", "Slack does not accept the message's blocks."),
          Map.entry("user_not_in_channel", "The person is not in the channel."),
          Map.entry(
              "restricted_action",
              "A setting of the workspace forbids it. Ask an administrator of the workspace."),
          Map.entry("thread_not_found", "The thread is gone: its first message has been deleted."),
          Map.entry("invalid_name", "Slack has no such emoji."),
          Map.entry("file_uploads_disabled", "Uploads of files are switched off in the workspace."),
          Map.entry(
              "missing_scope",
              "The bot lacks a scope. Add it in the app's settings and install the app again."));

  private SlackErrors() {}

  /** What went wrong and how to mend it, with Slack's own word at the end. */
  static String sentence(String method, Reply.Refused<?> refusal) {
    String known = SENTENCES.getOrDefault(refusal.error(), "Slack refused " + method + ".");
    String needed = refusal.needed().isEmpty() ? "" : ", needs " + refusal.needed();
    return known + " (" + refusal.error() + needed + ")";
  }
}
