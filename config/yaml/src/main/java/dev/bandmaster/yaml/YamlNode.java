package dev.bandmaster.yaml;

import java.util.List;

/** A YAML document as written: text, lists and sections, each with its place in the file. */
sealed interface YamlNode {
  Position position();

  /** Number of values in here with every alias written out; see {@link Limits#nodes}. */
  int weight();

  /**
   * A single value.
   *
   * @param plain written without quotes
   */
  record Scalar(String text, boolean plain, Position position) implements YamlNode {
    @Override
    public int weight() {
      return 1;
    }

    /** Whether this is how YAML writes "nothing". */
    boolean isEmpty() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** A list. */
  record Sequence(List<YamlNode> items, Position position, int weight) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A section: keys with values, in file order, no key twice. */
  record Mapping(List<Entry> entries, Position position, int weight) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /** One key of a section. */
  record Entry(String key, Position position, YamlNode value) {}
}
