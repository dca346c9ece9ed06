package dev.bandmaster.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys a reader declares, gathered by letting it read nothing. So the reference page always
 * agrees with the program.
 */
public final class Description {
  /**
   * One key.
   *
   * @param section path of the section that contains it; empty at the top of the file
   * @param kind what to write there
   * @param fallback {@code "required"}, {@code "optional"} or the default
   */
  public record Entry(
      String section, String key, String kind, String fallback, String description) {}

  private final List<Entry> entries;
  private final String path;

  private Description(List<Entry> entries, String path) {
    this.entries = entries;
    this.path = path;
  }

  /** Describes a whole file, top section first, inner sections after the key that holds them. */
  public static List<Entry> of(SectionReader<?> reader) {
    var description = new Description(new ArrayList<>(), "");
    description.section(reader);
    return List.copyOf(description.entries);
  }

  /** A description nobody will read. */
  static Description forgotten() {
    return new Description(new ArrayList<>(), "");
  }

  /** Describes the keys of a section that stands here. */
  void section(SectionReader<?> reader) {
    reader.read(Section.describing(this));
  }

  /** A place further in: a key, or {@code <name>} or {@code []} for what repeats. */
  Description inside(String step) {
    return new Description(entries, path.isEmpty() ? step : path + "." + step);
  }

  void add(String key, String kind, String fallback, String text) {
    entries.add(new Entry(path, key, kind, fallback, text));
  }

  String path() {
    return path;
  }
}
