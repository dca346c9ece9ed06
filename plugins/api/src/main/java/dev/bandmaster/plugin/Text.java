package dev.bandmaster.plugin;

import java.util.ArrayList;
import java.util.List;

/** Running text in pieces. Immutable: each method gives a longer text. */
public record Text(List<Span> spans) {

  public static final Text EMPTY = new Text(List.of());

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

    /** A person, by the chat service's id; whoever shows it writes the name. */
    record Person(String user) implements Span {}

    /** A channel, by the chat service's id; whoever shows it writes the name. */
    record Channel(String channel) implements Span {}

    /** A place in the web. */
    record Link(String url, String label) implements Span {}
  }

  public static Text plain(String text) {
    return EMPTY.and(text);
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

  public Text channel(String channel) {
    return with(new Span.Channel(channel));
  }

  public Text link(String url, String label) {
    return with(new Span.Link(url, label));
  }

  private Text with(Span span) {
    List<Span> longer = new ArrayList<>(spans);
    longer.add(span);
    return new Text(longer);
  }
}
