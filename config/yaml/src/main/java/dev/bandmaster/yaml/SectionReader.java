package dev.bandmaster.yaml;

/** Reads a section into a value, key by key. */
@FunctionalInterface
public interface SectionReader<T> {
  T read(Section section);
}
