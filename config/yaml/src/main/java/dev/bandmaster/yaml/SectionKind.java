package dev.bandmaster.yaml;

import java.util.Optional;

/** A section with its own keys. */
record SectionKind<T>(SectionReader<T> reader) implements Kind<T> {
  @Override
  public String name() {
    return "a section";
  }

  /** A section's defaults stand at its own keys. */
  @Override
  public String show(T value) {
    return "see its keys";
  }

  @Override
  public T placeholder() {
    return reader.read(Section.describing(Description.forgotten()));
  }

  @Override
  public Optional<T> read(Value value) {
    return value.section(this).map(section -> section.readWith(reader));
  }

  @Override
  public void describe(Description inside) {
    inside.section(reader);
  }
}
