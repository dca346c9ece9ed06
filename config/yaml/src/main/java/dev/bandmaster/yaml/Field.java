package dev.bandmaster.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A key of a section, about to be read: say what happens when it is not in the file. */
public final class Field<T> {
  private final Section section;
  private final String key;
  private final Kind<T> kind;
  private final String description;
  private final List<Demand<T>> demands = new ArrayList<>();

  private record Demand<T>(Predicate<T> test, String sentence) {}

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
    demands.add(new Demand<>(test, demand));
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
    return orDefault(fallback, kind.show(fallback));
  }

  /**
   * The value, or this one when the key is not in the file.
   *
   * @param shown how the reference page writes the default
   */
  public T orDefault(T fallback, String shown) {
    describe(shown);
    return read().orElse(fallback);
  }

  /** The value, if the key is in the file. */
  public Optional<T> optional() {
    describe("optional");
    return read();
  }

  private Optional<T> read() {
    return section.value(key).flatMap(value -> kind.read(value).flatMap(read -> meet(value, read)));
  }

  private Optional<T> meet(Value value, T read) {
    for (var demand : demands) {
      if (!demand.test().test(read)) {
        return value.refuse(demand.sentence());
      }
    }
    return Optional.of(read);
  }

  private void describe(String fallback) {
    section.describe(key, kind.name(), fallback, description);
    section.describeInside(key, kind);
  }
}
