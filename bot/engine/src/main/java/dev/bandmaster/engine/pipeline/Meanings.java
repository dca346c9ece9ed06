package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;

/** All that one word can mean; nothing if the list is empty. */
record Meanings(List<Meaning> all) {

  /** The meaning of a word that says nothing by itself. */
  static final Meaning SMALL_WORD = new Meaning(Optional.empty(), NodeFilterBuilder.Part.NODE, "");

  Meanings {
    all = List.copyOf(all);
  }

  /**
   * One thing a word can mean.
   *
   * @param parameter what it is a value for; empty for a small word
   * @param part what it says of nodes, if it is a value for nodes
   * @param value the value, in its own spelling
   */
  record Meaning(Optional<Parameter> parameter, NodeFilterBuilder.Part part, String value) {}

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether it says nothing by itself. */
  boolean isSmall() {
    return all.equals(List.of(SMALL_WORD));
  }

  /** Whether it may say nothing, or be a name. */
  boolean isSmallOrName() {
    return all.size() > 1 && all.contains(SMALL_WORD);
  }
}
