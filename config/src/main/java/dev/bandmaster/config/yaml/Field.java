package dev.bandmaster.config.yaml;

import java.util.Optional;
import java.util.function.Predicate;

/** A key of a section, about to be read: say what happens when it is not in the file. */
public final class Field<T> {
  private final Section section;
  private final String key;
  private final Kind<T> kind;
  private final String description;
  private Predicate<T> test = value -> true;
  private String demand = "";

  Field(Section section, String key, Kind<T> kind, String description) {
    this.section = section;
    this.key = key;
    this.kind = kind;
    this.description = description;
  }

  /**
   * Refuses values that fail the test.
   *
   * @param demand the rest of a sentence that begins with the key: {@code "must not be in the
   *     past"}
   */
  public Field<T> where(Predicate<T> test, String demand) {
    this.test = test;
    this.demand = demand;
    return this;
  }

  /** The value; a file without it is refused. */
  public T required() {
    describe("required");
    if (!section.has(key)) {
      section.missing(key, kind);
    }
    return read().orElseGet(kind::placeholder);
  }

  /** The value, or this one when the key is not in the file. */
  public T orDefault(T fallback) {
    describe(kind.show(fallback));
    return read().orElse(fallback);
  }

  /** The value, if the key is in the file. */
  public Optional<T> optional() {
    describe("optional");
    return read();
  }

  private Optional<T> read() {
    var value = section.value(key);
    var read = value.flatMap(kind::read);
    if (read.isPresent() && !test.test(read.get())) {
      return value.flatMap(v -> v.refuse(demand));
    }
    return read;
  }

  private void describe(String fallback) {
    section.describe(key, kind.name(), fallback, description);
    section.describeInside(key, kind);
  }
}
