package dev.bandmaster.plugin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Running text in pieces. Immutable: each method gives a longer text. */
public record Text(List<Span> spans) {

  public static final Text EMPTY = new Text(List.of());

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  public Text {
    spans = List.copyOf(spans);
  }

  /** A piece of text of one kind. */
  public sealed interface Span {
    /** As it is. */
    record Plain(String text) implements Span {}

    /** With weight. */
    record Bold(String text) implements Span {}

    /** In the type of a terminal; on one line. */
    record Code(String text) implements Span {}

    /** A person, by the chat service's id; the one that shows it writes the name. */
    record Person(String user) implements Span {}

    /** A group of people, who are called by it; by the chat service's id. */
    record Group(String group) implements Span {}

    /** A channel, by the chat service's id; the one that shows it writes the name. */
    record Channel(String channel) implements Span {}

    /** A place in the web. */
    record Link(String url, String label) implements Span {}

    /**
     * A moment, to the minute; the one that shows it writes it in the reader's own time zone.
     *
     * @param withDay whether the day is told with the time
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

  public Text and(String text) {
    return with(new Span.Plain(text));
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
