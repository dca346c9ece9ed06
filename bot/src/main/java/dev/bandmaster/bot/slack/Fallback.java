package dev.bandmaster.bot.slack;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;

/** The one text of a message that notifications and screen readers use. */
final class Fallback {

  private Fallback() {}

  /** The message without its buttons, escaped, with a visible sign where it had to be cut. */
  static String of(Message message) {
    List<String> parts = new ArrayList<>();
    for (Message.Block block : message.blocks()) {
      switch (block) {
        case Message.Header(var text) -> parts.add(text);
        case Message.Paragraph(var text) -> parts.add(words(text));
        case Message.Preformatted(var text) -> parts.add(text);
        case Message.Footnote(var text) -> parts.add(words(text));
        case Message.Divider() -> {}
        case Message.Buttons(var buttons) -> {}
      }
    }
    String whole = String.join("\n", parts).strip();
    int most = BlockKit.LONGEST_FALLBACK;
    String escaped = Mrkdwn.escape(Lines.cut(whole, most));
    while (escaped.length() > BlockKit.LONGEST_FALLBACK) {
      most -= Math.max(1, (escaped.length() - BlockKit.LONGEST_FALLBACK) / 5);
      escaped = Mrkdwn.escape(Lines.cut(whole, most));
    }
    return escaped.isEmpty() ? "(no text)" : escaped;
  }

  private static String words(Text text) {
    StringBuilder words = new StringBuilder();
    for (Text.Span span : text.spans()) {
      switch (span) {
        case Text.Span.Plain(var plain) -> words.append(plain);
        case Text.Span.Bold(var bold) -> words.append(bold);
        case Text.Span.Code(var code) -> words.append(code);
        case Text.Span.Person(var user) -> words.append('@').append(user);
        case Text.Span.Group(var group) -> words.append('@').append(group);
        case Text.Span.Channel(var channel) -> words.append('#').append(channel);
        case Text.Span.Link(var url, var label) -> words.append(label);
        case Text.Span.Moment moment -> words.append(Mrkdwn.inUtc(moment));
      }
    }
    return words.toString();
  }
}
