package dev.bandmaster.plugin;

import dev.bandmaster.model.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Running text in pieces. Immutable: each method gives a longer text.
 *
 * <p>A piece may come from anybody. Characters that a reader would not see, or that would change
 * how the text around them reads, become visible here ({@link VisibleText}), and an end of a line
 * within a piece becomes a sign: only {@link #newLine} begins a line. So no name, reason or output
 * can look like something the bot said.
 */
public record Text(List<Span> spans) {

  public static final Text EMPTY = new Text(List.of());

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  public Text {
    spans = List.copyOf(spans);
  }

  /** A piece of text of one kind. */
  public sealed interface Span {
    /** As it is. */
    record Plain(String text) implements Span {
      public Plain {
        text = VisibleText.lines(text);
      }
    }

    /** With weight. */
    record Bold(String text) implements Span {
      public Bold {
        text = VisibleText.line(text);
      }
    }

    /** In the type of a terminal; on one line. */
    record Code(String text) implements Span {
      public Code {
        text = VisibleText.line(text);
      }
    }

    /** A person, by the chat service's id; the one that shows it writes the name. */
    record Person(String user) implements Span {}

    /** A group of people, who are called by it; by the chat service's id. */
    record Group(String group) implements Span {}

    /** A channel, by the chat service's id; the one that shows it writes the name. */
    record Channel(String channel) implements Span {}

    /** A place in the web. */
    record Link(String url, String label) implements Span {
      public Link {
        url = VisibleText.line(url);
        label = VisibleText.line(label);
      }
    }

    /**
     * A moment, to the minute; the one that shows it writes it in the reader's own time zone.
     *
     * @param withDay whether the day is shown with the time
     */
    record Moment(Instant at, boolean withDay) implements Span {}
  }

  public static Text plain(String text) {
    return EMPTY.and(text);
  }

  /** A sentence in which the words between two backticks are code, as in: run {@code `help`}. */
  public static Text sentence(String sentence) {
    Text read = EMPTY;
    int from = 0;
    for (Matcher code = CODE.matcher(sentence); code.find(); from = code.end()) {
      if (code.start() > from) {
        read = read.and(sentence.substring(from, code.start()));
      }
      read = read.code(code.group(1));
    }
    return from < sentence.length() || from == 0 ? read.and(sentence.substring(from)) : read;
  }

  /**
   * More on the same line: an end of a line in it becomes a sign, unless it is nothing but one,
   * which is a {@link #newLine}.
   */
  public Text and(String text) {
    return text.equals("\n") ? newLine() : with(new Span.Plain(VisibleText.line(text)));
  }

  /** What follows begins on a new line. */
  public Text newLine() {
    return with(new Span.Plain("\n"));
  }

  public Text bold(String text) {
    return with(new Span.Bold(text));
  }

  public Text code(String text) {
    return with(new Span.Code(text));
  }

  public Text person(String user) {
    return with(new Span.Person(user));
  }

  public Text group(String group) {
    return with(new Span.Group(group));
  }

  public Text channel(String channel) {
    return with(new Span.Channel(channel));
  }

  public Text link(String url, String label) {
    return with(new Span.Link(url, label));
  }

  /** A time of day, where the day is plain. */
  public Text time(Instant at) {
    return with(new Span.Moment(at, false));
  }

  /** A day and a time of day. */
  public Text moment(Instant at) {
    return with(new Span.Moment(at, true));
  }

  /** This text and another one behind it. */
  public Text and(Text more) {
    List<Span> longer = new ArrayList<>(spans);
    longer.addAll(more.spans());
    return new Text(longer);
  }

  private Text with(Span span) {
    List<Span> longer = new ArrayList<>(spans);
    longer.add(span);
    return new Text(longer);
  }
}
