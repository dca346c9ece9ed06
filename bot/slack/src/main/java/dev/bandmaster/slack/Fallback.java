package dev.bandmaster.slack;

import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.plugin.Message;

/** The one text of a message that notifications and screen readers use. */
final class Fallback {

  private Fallback() {}

  /** The message without its buttons, escaped, with a visible sign where it had to be cut. */
  static String of(Message message) {
    String whole = PlainText.of(message);
    int most = BlockKit.LONGEST_FALLBACK;
    String escaped = Mrkdwn.escape(Lines.cut(whole, most));
    while (escaped.length() > BlockKit.LONGEST_FALLBACK) {
      most -= Math.max(1, (escaped.length() - BlockKit.LONGEST_FALLBACK) / 5);
      escaped = Mrkdwn.escape(Lines.cut(whole, most));
    }
    return escaped.isEmpty() ? "(no text)" : escaped;
  }
}
