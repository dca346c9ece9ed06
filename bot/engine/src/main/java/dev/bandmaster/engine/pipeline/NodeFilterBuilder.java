package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes as people name them, {@code web1, web2 in staging}, and the filter that means the same. A
 * node that is called like an environment or an application is written {@code node=…}, so that the
 * filter means one thing.
 */
final class NodeFilterBuilder {

  /** What a word says of nodes. */
  enum Part {
    NODE,
    ENVIRONMENT,
    APPLICATION
  }

  private static final Set<String> KEYWORDS = Set.of("or", "not");

  private final Vocabulary vocabulary;
  private final List<String> nodes = new ArrayList<>();
  private final List<String> environments = new ArrayList<>();
  private final List<String> applications = new ArrayList<>();

  NodeFilterBuilder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Whether words are a filter already: they compare, group, or say {@code or} or {@code not}. */
  static boolean isFilter(List<String> words) {
    return words.stream()
        .anyMatch(word ->
            word.chars().anyMatch(c -> "=<>~()!\"'".indexOf(c) >= 0)
                || KEYWORDS.contains(word.toLowerCase(Locale.ROOT)));
  }

  /** Whether a word is a pattern, or a list, of nodes' names. */
  static boolean isPattern(String word, Vocabulary vocabulary) {
    if (word.indexOf(',') >= 0) {
      return Stream.of(word.split(","))
          .allMatch(name -> vocabulary.isNode(name) || isPattern(name, vocabulary));
    }
    return word.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
  }

  void add(Part part, String value) {
    switch (part) {
      case NODE -> nodes.add(value);
      case ENVIRONMENT -> environments.add(value);
      case APPLICATION -> applications.add(value);
    }
  }

  /**
   * The words of the filter.
   *
   * @param filter whether it may be an expression; otherwise it is a list of names
   */
  List<String> words(boolean filter) {
    if (!filter) {
      return List.of(String.join(",", nodes));
    }
    List<String> conditions = new ArrayList<>();
    String names = nodes.stream().filter(name -> !isPlace(name)).collect(Collectors.joining(","));
    List<String> called = new ArrayList<>(names.isEmpty() ? List.of() : List.of(names));
    nodes.stream().filter(this::isPlace).map(name -> "node=" + name).forEach(called::add);
    add(conditions, called);
    add(conditions, environments.stream().map(name -> "env=" + name).toList());
    add(conditions, applications.stream().map(name -> "app=" + name).toList());
    return List.of(String.join(" and ", conditions).split(" "));
  }

  private static void add(List<String> conditions, List<String> any) {
    if (!any.isEmpty()) {
      conditions.add(any.size() == 1 ? any.getFirst() : "(" + String.join(" or ", any) + ")");
    }
  }

  private boolean isPlace(String name) {
    return vocabulary.environment(name).isPresent() || vocabulary.application(name).isPresent();
  }
}
