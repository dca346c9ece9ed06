package dev.bandmaster.core.chat;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message as text and nothing else: without buttons, markup and names of people. Pure. */
public final class PlainText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ENGLISH);

  private PlainText() {}

  /** All the words of a message, each block on lines of its own. */
  public static String of(Message message) {
    List<String> parts = new ArrayList<>();
    for (Message.Block block : message.blocks()) {
      switch (block) {
        case Message.Header(var text) -> parts.add(text);
        case Message.Paragraph(var text) -> parts.add(words(text));
        case Message.Preformatted(var text) -> parts.add(text);
        case Message.Footnote(var text) -> parts.add(words(text));
        case Message.Divider() -> {}
        case Message.Buttons _, Message.Menu _ -> {}
        case Message.Rich rich -> parts.add(of(new Message(rich.plain())));
      }
    }
    return String.join("\n", parts).strip();
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
        case Text.Span.Moment moment -> words.append(inUtc(moment));
      }
    }
    return words.toString();
  }

  /** A moment as it is written where nobody knows the reader's time zone. */
  public static String inUtc(Text.Span.Moment moment) {
    return (moment.withDay() ? DAY_AND_TIME : TIME).format(moment.at().atOffset(ZoneOffset.UTC));
  }
}
