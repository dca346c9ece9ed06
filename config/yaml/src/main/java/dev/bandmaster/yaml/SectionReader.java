package dev.bandmaster.yaml;

/** Turns a section into a value by asking for every key it knows. */
@FunctionalInterface
public interface SectionReader<T> {
  T read(Section section);
}
