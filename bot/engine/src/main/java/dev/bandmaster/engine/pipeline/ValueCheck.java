package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Spans;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a word is of its parameter's type. */
public final class ValueCheck {

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
  private static final int LONGEST_WORD = 1_000;

  private final Catalogue catalogue;

  public ValueCheck(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A sentence about a word that is not of its parameter's type. */
  Optional<String> wrong(Parameter parameter, String word) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment() -> known("environment", word, catalogue.environments());
      case Parameter.Type.Application() -> known("application", word, catalogue.applications());
      case Parameter.Type.Choice(List<String> words) -> known(parameter.name(), word, words);
      case Parameter.Type.Version(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job(),
          Parameter.Type.Nodes(),
          Parameter.Type.Word() ->
          malformed(parameter, word);
    };
  }

  /**
   * A sentence about a word that does not look like its type. It says nothing of what there is, so
   * it may be said to anybody; what there has to be is not looked at.
   */
  public static Optional<String> malformed(Parameter parameter, String word) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment(), Parameter.Type.Application(), Parameter.Type.Choice _ ->
          Optional.empty();
      case Parameter.Type.Version() ->
          VERSION.matcher(word).matches()
              ? Optional.empty()
              : Optional.of(
                  "'%s' is not a version: use letters, digits and . _ + -, at most 100 characters."
                      .formatted(ArgumentReader.shortened(word)));
      case Parameter.Type.Size() ->
          isSize(word)
              ? Optional.empty()
              : Optional.of(
                  "'%s' is not a number of nodes. Use %s=3 or %s=25%%."
                      .formatted(
                          ArgumentReader.shortened(word), parameter.name(), parameter.name()));
      case Parameter.Type.Span() ->
          Spans.parse(word).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "'%s' is not a duration. Use 30s, 10m, 2h or 1d."
                      .formatted(ArgumentReader.shortened(word)));
      case Parameter.Type.Job() ->
          Numbers.of(word).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "'%s' is not a number. To list them: `%ss`."
                      .formatted(ArgumentReader.shortened(word), parameter.name()));
      case Parameter.Type.Nodes(), Parameter.Type.Word() ->
          word.length() <= LONGEST_WORD
              ? Optional.empty()
              : Optional.of(
                  "<%s> is longer than %,d characters.".formatted(parameter.name(), LONGEST_WORD));
    };
  }

  private static boolean isSize(String word) {
    if (!word.matches("[0-9]{1,6}%?")) {
      return false;
    }
    int amount = Integer.parseInt(word.replace("%", ""));
    return !word.endsWith("%") || amount <= 100;
  }

  private static Optional<String> known(String what, String word, Collection<String> words) {
    if (words.contains(word)) {
      return Optional.empty();
    }
    String hint =
        Nearest.to(word, words)
            .map(near -> " Did you mean '" + near + "'?")
            .orElseGet(
                () -> " There is " + String.join(", ", words.stream().sorted().toList()) + ".");
    return Optional.of(
        "There is no %s '%s'.%s".formatted(what, ArgumentReader.shortened(word), hint));
  }
}
