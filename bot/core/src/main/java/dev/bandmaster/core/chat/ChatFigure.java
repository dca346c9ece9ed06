package dev.bandmaster.core.chat;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Something that a chat platform counts or measures.
 *
 * @param name the metric's name below that of the platform, such as {@code sockets.opened}
 * @param help what it is, for people
 * @param value its value now; must be quick
 * @param labels labels by name; figures of the same name differ in them
 */
public record ChatFigure(
    Kind kind, String name, String help, LongSupplier value, Map<String, String> labels) {

  /** How a figure may change. */
  public enum Kind {
    /** It only grows. */
    COUNTER,
    /** It goes up and down. */
    GAUGE
  }

  public ChatFigure {
    labels = Map.copyOf(labels);
  }

  /** A counter without labels. */
  public static ChatFigure counter(String name, String help, LongSupplier value) {
    return new ChatFigure(Kind.COUNTER, name, help, value, Map.of());
  }

  /** A gauge without labels. */
  public static ChatFigure gauge(String name, String help, LongSupplier value) {
    return new ChatFigure(Kind.GAUGE, name, help, value, Map.of());
  }
}
