package dev.bandmaster.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A value in a file, with its position and name. Used by {@link Kind}s. */
public final class Value {
  private final Reading reading;
  private final YamlNode node;
  private final String path;

  Value(Reading reading, YamlNode node, String path) {
    this.reading = reading;
    this.node = node;
    this.path = path;
  }

  public Position position() {
    return node.position();
  }

  /** The keys that lead here: {@code rules[2].who}. */
  public String path() {
    return path;
  }

  /** The folder of the file: relative paths start here. */
  public Path directory() {
    return reading.directory();
  }

  /** Reports "'path' sentence" and gives the nothing to return. */
  public <T> Optional<T> refuse(String sentence) {
    reading.problems().error(position(), "'" + path + "' " + sentence);
    return Optional.empty();
  }

  /** Reports that another kind of value must stand here. */
  public <T> Optional<T> refuseKind(Kind<?> wanted) {
    return refuse("must be " + wanted.name() + ", not " + found());
  }

  /** Reports that the text is not of the wanted shape. */
  public <T> Optional<T> refuseText(Kind<?> wanted, String text) {
    return refuse("must be " + wanted.name() + ", not '" + shortened(text) + "'");
  }

  /** Whether a list stands here. */
  public boolean isList() {
    return node instanceof YamlNode.Sequence;
  }

  /** The single value, with its {@code ${NAME}} filled in; refused when something else is here. */
  public Optional<String> text(Kind<?> wanted) {
    return node instanceof YamlNode.Scalar scalar && !scalar.isEmpty()
        ? Interpolation.fill(scalar.text(), this, reading.environment())
        : refuseKind(wanted);
  }

  /** The single value when it was written without quotes, as numbers and true or false are. */
  public Optional<String> word(Kind<?> wanted) {
    return node instanceof YamlNode.Scalar scalar && scalar.plain()
        ? text(wanted)
        : refuseKind(wanted);
  }

  /** The values of a list, which must not be empty. */
  public Optional<List<Value>> items(Kind<?> wanted) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      return refuseKind(wanted);
    }
    if (sequence.items().isEmpty()) {
      return refuse("is an empty list; add at least one item or remove the key");
    }
    var items = sequence.items();
    return Optional.of(
        IntStream.range(0, items.size())
            .mapToObj(index -> new Value(reading, items.get(index), path + "[" + index + "]"))
            .toList());
  }

  /** The section that stands here. */
  public Optional<Section> section(Kind<?> wanted) {
    return node instanceof YamlNode.Mapping mapping
        ? Optional.of(Section.reading(reading, mapping, path))
        : refuseKind(wanted);
  }

  private String found() {
    return switch (node) {
      case YamlNode.Scalar scalar when scalar.isEmpty() -> "nothing";
      case YamlNode.Scalar scalar -> "'" + shortened(scalar.text()) + "'";
      case YamlNode.Sequence sequence -> "a list";
      case YamlNode.Mapping mapping -> "a section";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
