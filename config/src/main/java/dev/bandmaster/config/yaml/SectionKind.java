package dev.bandmaster.config.yaml;

import java.util.Optional;

/** A section with its own keys. */
record SectionKind<T>(SectionReader<T> reader) implements Kind<T> {
  @Override
  public String name() {
    return "a section";
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
