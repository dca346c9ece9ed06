package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a command without {@code --confirm 312}, which says on how many nodes it is meant to
 * be run. It stands right behind the command's name, where it can be no word of anything else.
 *
 * @param typed the command's name first
 * @param nodes what was confirmed, if anything was
 */
record ConfirmationCount(TypedLine typed, Optional<Integer> nodes) {

  private static final String OPTION = "--confirm";

  static ConfirmationCount of(TypedLine typed) {
    List<String> words = typed.texts();
    if (words.size() < 3 || !words.get(1).equals(OPTION) || !words.get(2).matches("[0-9]{1,7}")) {
      return new ConfirmationCount(typed, Optional.empty());
    }
    List<TypedLine.Word> rest = new ArrayList<>(typed.words().subList(3, words.size()));
    rest.addFirst(typed.words().getFirst());
    return new ConfirmationCount(typed.with(rest), Optional.of(Integer.parseInt(words.get(2))));
  }

  /** A command in its canonical spelling, with what was confirmed of it. */
  String around(String canonical) {
    return nodes.map(number -> typed(canonical, number)).orElse(canonical);
  }

  /** A command in its canonical spelling, with so many nodes confirmed. */
  static String typed(String canonical, int nodes) {
    int name = canonical.indexOf(' ');
    return name < 0
        ? "%s %s %d".formatted(canonical, OPTION, nodes)
        : "%s %s %d%s"
            .formatted(canonical.substring(0, name), OPTION, nodes, canonical.substring(name));
  }
}
