package dev.bandmaster.yaml;

import dev.bandmaster.model.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A section of a file. A reader reads every key it knows once, each with its description; other
 * keys are reported when the reader is done.
 *
 * <pre>{@code
 * static WebConfig read(Section section) {
 *   return new WebConfig(
 *       section.text("bind", "Address to listen on.").orDefault("127.0.0.1"),
 *       section.integer("port", 0, 65535, "Port to listen on; 0 picks a free one.").required());
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class Section {
  private final Reading reading;
  private final YamlNode.Mapping mapping;
  private final String path;
  private final Optional<Description> description;
  private final List<String> known = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();

  private Section(
      Reading reading, YamlNode.Mapping mapping, String path, Optional<Description> description) {
    this.reading = reading;
    this.mapping = mapping;
    this.path = path;
    this.description = description;
  }

  static Section reading(Reading reading, YamlNode.Mapping mapping, String path) {
    return new Section(reading, mapping, path, Optional.empty());
  }

  static Section describing(Description description) {
    var nowhere = new Position("nowhere", 1, 1);
    return new Section(
        new Reading(Path.of(""), name -> Optional.empty(), new Problems(0)),
        new YamlNode.Mapping(List.of(), nowhere, 1),
        description.path(),
        Optional.of(description));
  }

  public Field<String> text(String key, String description) {
    return field(key, Kinds.text(), description);
  }

  /** See {@link Kinds#name}. */
  public Field<String> name(String key, String description) {
    return field(key, Kinds.name(), description);
  }

  public Field<Boolean> trueOrFalse(String key, String description) {
    return field(key, Kinds.trueOrFalse(), description);
  }

  /** A whole number; both bounds included. */
  public Field<Integer> integer(String key, int least, int most, String description) {
    return field(key, Kinds.integer(least, most), description);
  }

  /** See {@link Kinds#duration}. */
  public Field<Duration> duration(String key, Duration least, Duration most, String description) {
    return field(key, Kinds.duration(least, most), description);
  }

  /** See {@link Kinds#path}. */
  public Field<Path> path(String key, String description) {
    return field(key, Kinds.path(), description);
  }

  public <T> Field<T> section(String key, SectionReader<T> reader, String description) {
    return field(key, Kinds.section(reader), description);
  }

  public <T> Field<List<T>> list(String key, Kind<T> item, String description) {
    return field(key, Kinds.listOf(item), description);
  }

  public <T> Field<Map<String, T>> map(String key, Kind<T> item, String description) {
    return field(key, Kinds.mapOf(item), description);
  }

  /** See {@link Kinds#mapOf(Kind, Function)}. */
  public <T> Field<Map<String, T>> map(
      String key, Kind<T> item, Function<String, Optional<String>> refusal, String description) {
    return field(key, Kinds.mapOf(item, refusal), description);
  }

  /** A value that must not be shown; see {@link Secret}. */
  public SecretField secret(String key, String description) {
    return new SecretField(this, key, description);
  }

  /** A key with a value of any kind. */
  public <T> Field<T> field(String key, Kind<T> kind, String description) {
    known.add(key);
    return new Field<>(this, key, kind, description);
  }

  /**
   * Also accepts a key under its former name, with a warning. Declared before the key is read; a
   * former name is kept for one release.
   */
  public Section renamed(String former, String key) {
    renamed.put(former, key);
    return this;
  }

  /**
   * Accepts a key that is not used any more, with a warning, and ignores its value. Such a key is
   * kept for one release.
   *
   * @param reason a sentence that begins with the key, without its end: {@code "is not used"}
   */
  public Section removed(String key, String reason) {
    know(key);
    if (has(key)) {
      warn(key, reason + "; remove it, the next release will reject it");
    }
    return this;
  }

  /** Where the section begins. */
  public Position position() {
    return mapping.position();
  }

  /** Where a key stands, or the section when the key is not in the file. */
  public Position position(String key) {
    return entry(key).map(YamlNode.Entry::position).orElse(position());
  }

  /** Whether the key is in the file. */
  public boolean has(String key) {
    return entry(key).isPresent();
  }

  /** Reports that a key is wrong for a reason that only the reader knows. */
  public void refuse(String key, String sentence) {
    refuseAt(position(key), "'" + fullName(key) + "' " + sentence);
  }

  /** Reports that the section is wrong as a whole. */
  public void refuse(String sentence) {
    refuseAt(position(), sentence);
  }

  /** Reports a problem that stands elsewhere in the file. */
  public void refuseAt(Position position, String sentence) {
    if (description.isEmpty()) {
      reading.problems().error(position, sentence);
    }
  }

  /** Adds a remark that does not stop the file from being used. */
  public void warn(String key, String sentence) {
    warnAt(position(key), "'" + fullName(key) + "' " + sentence);
  }

  /** Adds such a remark about a place elsewhere in the file. */
  public void warnAt(Position position, String sentence) {
    if (description.isEmpty()) {
      reading.problems().warning(position, sentence);
    }
  }

  /** Reports unless exactly one of these keys is in the file. */
  public void exactlyOneOf(String... keys) {
    var present = List.of(keys).stream().filter(this::has).toList();
    var names = String.join(", ", keys);
    if (present.isEmpty()) {
      refuse("%s needs exactly one of: %s".formatted(title(), names));
    } else if (present.size() > 1) {
      refuse(
          present.getLast(),
          "conflicts with '%s'; keep exactly one of: %s".formatted(present.getFirst(), names));
    }
  }

  /** The keys in the file, in file order. */
  Collection<String> names() {
    return mapping.entries().stream().map(YamlNode.Entry::key).toList();
  }

  Optional<Value> value(String key) {
    return entry(key).map(entry -> new Value(reading, entry.value(), fullName(key)));
  }

  /** Lets the reader ask, then reports what it did not ask for. */
  <T> T readWith(SectionReader<T> reader) {
    var value = reader.read(this);
    for (var entry : mapping.entries()) {
      if (renamed.containsKey(entry.key())) {
        acceptFormer(entry);
      } else if (!known.contains(entry.key())) {
        reading
            .problems()
            .error(
                entry.position(),
                "unknown key '%s' in %s%s"
                    .formatted(entry.key(), title(), Nearest.hint(entry.key(), known)));
      }
    }
    return value;
  }

  private void acceptFormer(YamlNode.Entry entry) {
    String key = renamed.getOrDefault(entry.key(), entry.key());
    if (names().contains(key)) {
      refuseAt(
          entry.position(),
          "'%s' is the former name of '%s'; remove it".formatted(fullName(entry.key()), key));
    } else {
      warnAt(
          entry.position(),
          "'%s' is now called '%s'; the next release will reject the old name"
              .formatted(fullName(entry.key()), key));
    }
  }

  /** Whether this only gathers descriptions, with placeholders for values. */
  public boolean isDescribing() {
    return description.isPresent();
  }

  void know(String key) {
    known.add(key);
  }

  void describe(String key, String kind, String fallback, String text) {
    description.ifPresent(d -> d.add(key, kind, fallback, text));
  }

  void describeInside(String key, Kind<?> kind) {
    description.ifPresent(d -> kind.describe(d.inside(key)));
  }

  void missing(String key, Kind<?> kind) {
    refuse("%s is missing the key '%s': %s".formatted(title(), key, kind.name()));
  }

  Environment environment() {
    return reading.environment();
  }

  private Optional<YamlNode.Entry> entry(String key) {
    return written(key)
        .or(() ->
            renamed.entrySet().stream()
                .filter(former -> former.getValue().equals(key))
                .flatMap(former -> written(former.getKey()).stream())
                .findFirst());
  }

  private Optional<YamlNode.Entry> written(String key) {
    return mapping.entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  private String title() {
    return path.isEmpty() ? "the file" : "'" + path + "'";
  }

  private String fullName(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
