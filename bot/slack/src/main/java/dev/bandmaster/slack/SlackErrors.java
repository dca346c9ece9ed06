package dev.bandmaster.slack;

import java.util.Map;
import java.util.Set;

/** Slack's errors, explained to the person who has to fix them. */
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
          Map.entry("is_inactive", "The channel is archived. Unarchive it or choose another one."),
          Map.entry("msg_too_long", "The message is too long for Slack."),
          Map.entry("msg_blocks_too_long", "The message's blocks are too long for Slack."),
          Map.entry("no_text", "The message has no text."),
          Map.entry("invalid_blocks", "Slack rejected the message's blocks."),
          Map.entry("invalid_blocks_format", "Slack rejected the message's blocks."),
          Map.entry("user_not_in_channel", "The person is not in the channel."),
          Map.entry(
              "restricted_action",
              "A workspace setting forbids it. Ask a workspace administrator."),
          Map.entry(
              "restricted_action_read_only_channel",
              "Only some people may write in the channel. Ask a workspace administrator."),
          Map.entry(
              "restricted_action_thread_locked",
              "The thread is locked. Ask a workspace administrator."),
          Map.entry(
              "messages_tab_disabled",
              "The app accepts no direct messages. Enable the Messages tab in its settings."),
          Map.entry("invalid_name", "Slack has no such emoji."),
          Map.entry("file_uploads_disabled", "File uploads are disabled in the workspace."),
          Map.entry(
              "missing_scope",
              "The bot lacks a scope. Add it in the app's settings and reinstall the app."));

  /** The place refuses the bot, whatever it says there. */
  private static final Set<String> PLACE =
      Set.of(
          "channel_not_found",
          "not_in_channel",
          "is_archived",
          "is_inactive",
          "user_not_in_channel",
          "restricted_action",
          "restricted_action_read_only_channel",
          "restricted_action_thread_only_channel",
          "restricted_action_non_threadable_channel",
          "restricted_action_thread_locked",
          "messages_tab_disabled");

  /** The thread's first message was deleted, or the thread no longer accepts replies. */
  private static final Set<String> THREAD_IS_GONE =
      Set.of(
          "thread_not_found", "message_not_found", "cannot_reply_to_message", "invalid_thread_ts");

  private SlackErrors() {}

  /** Whether it is the place that refuses the bot and not what it says. */
  static boolean isPlace(String error) {
    return PLACE.contains(error);
  }

  /** Whether the thread no longer exists. */
  static boolean isThreadGone(String error) {
    return THREAD_IS_GONE.contains(error);
  }

  /** What failed and how to fix it, ending with Slack's error code. */
  static String sentence(String method, CallResult.Refused<?> refusal) {
    String known = SENTENCES.getOrDefault(refusal.error(), "Slack refused " + method + ".");
    String needed = refusal.needed().isEmpty() ? "" : ", needs " + refusal.needed();
    return known + " (" + refusal.error() + needed + ")";
  }
}
