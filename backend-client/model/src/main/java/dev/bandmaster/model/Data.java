package dev.bandmaster.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Structured data of an action, its arguments or its results: what JSON can say, without a JSON
 * library. Immutable; the fields of an object keep their order, and two objects with the same
 * fields are equal whatever their order.
 */
public sealed interface Data {

  /** Nothing: an absent field, or JSON's null. */
  record None() implements Data {}

  /** A text. */
  record Text(String value) implements Data {}

  /**
   * A number, without trailing zeros.
   *
   * @param value at most {@value #MOST_DIGITS} digits before and after the point
   */
  record Decimal(BigDecimal value) implements Data {
    /** Keeps a number of few characters, such as 1e999999999, from becoming a text of many. */
    public static final int MOST_DIGITS = 400;

    public Decimal {
      if (Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS
          || Math.abs((long) value.scale()) > MOST_DIGITS) {
        throw new IllegalArgumentException("a number has more than " + MOST_DIGITS + " digits");
      }
      value = value.stripTrailingZeros();
      value = value.scale() < 0 ? value.setScale(0) : value;
    }
  }

  /** Yes or no. */
  record Flag(boolean value) implements Data {}

  /** A list. */
  record Items(List<Data> values) implements Data {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** An object: values by name. */
  record Fields(Map<String, Data> values) implements Data {
    /** An object without fields. */
    public static final Fields EMPTY = new Fields(Map.of());

    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The same object with one more field, or another value for it. */
    public Fields with(String name, Data value) {
      var more = new LinkedHashMap<>(values);
      more.put(name, value);
      return new Fields(more);
    }

    public Fields with(String name, String value) {
      return with(name, new Text(value));
    }

    public Fields with(String name, long value) {
      return with(name, of(value));
    }

    public Fields with(String name, boolean value) {
      return with(name, new Flag(value));
    }

    /** The same object with all fields of another one, which win. */
    public Fields with(Fields other) {
      var more = new LinkedHashMap<>(values);
      more.putAll(other.values);
      return new Fields(more);
    }
  }

  /** Nothing. */
  static Data none() {
    return new None();
  }

  static Data of(String text) {
    return new Text(text);
  }

  static Data of(long number) {
    return new Decimal(BigDecimal.valueOf(number));
  }

  /** A list of texts. */
  static Data of(List<String> texts) {
    return new Items(texts.stream().map(Data::of).toList());
  }

  /** An object of texts. */
  static Fields of(Map<String, String> texts) {
    var fields = new LinkedHashMap<String, Data>();
    texts.forEach((name, text) -> fields.put(name, of(text)));
    return new Fields(fields);
  }

  /** The field with this name; empty if there is none, or if this is not an object. */
  default Data get(String name) {
    return this instanceof Fields(var values) ? values.getOrDefault(name, none()) : none();
  }

  /** Whether there is nothing. */
  default boolean isNone() {
    return this instanceof None;
  }

  /** The text, if this is one. */
  default Optional<String> text() {
    return this instanceof Text(var value) ? Optional.of(value) : Optional.empty();
  }

  /** The number, if this is one. */
  default Optional<BigDecimal> number() {
    return this instanceof Decimal(var value) ? Optional.of(value) : Optional.empty();
  }

  /** The items, if this is a list; otherwise no items. */
  default List<Data> items() {
    return this instanceof Items(var values) ? values : List.of();
  }

  /** The fields, if this is an object; otherwise no fields. */
  default Map<String, Data> fields() {
    return this instanceof Fields(var values) ? values : Map.of();
  }

  /**
   * The same data with the fields of all objects in the order of their names, so that equal data
   * make equal texts.
   */
  default Data sorted() {
    return switch (this) {
      case Fields(var values) -> {
        var sorted = new TreeMap<String, Data>();
        values.forEach((name, value) -> sorted.put(name, value.sorted()));
        yield new Fields(sorted);
      }
      case Items(var values) -> new Items(values.stream().map(Data::sorted).toList());
      case None none -> none;
      case Text text -> text;
      case Decimal number -> number;
      case Flag flag -> flag;
    };
  }
}
