package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.model.VersionName;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Spans;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a word is of its parameter's type. */
public final class ValueCheck {

  private static final int LONGEST_WORD = 1_000;

  /** Names that are listed to somebody who typed another one. */
  private static final int MOST_LISTED = 30;

  private final Catalogue catalogue;

  public ValueCheck(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The first value that is not of its parameter's type.
   *
   * @param names what may be named instead
   */
  Optional<Mistake> wrong(CommandDeclaration declaration, Arguments arguments, Vocabulary names) {
    return declaration.parameters().stream()
        .flatMap(parameter ->
            arguments.words(parameter.name()).stream().map(word -> wrong(parameter, word, names)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Mistake> wrong(Parameter parameter, String word, Vocabulary names) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment() ->
          known(
              "environment",
              word,
              catalogue.environments(),
              () -> names.nearest(word, true, false, List.of()),
              () -> names.environments(Optional.empty()));
      case Parameter.Type.Application() ->
          known(
              "application",
              word,
              catalogue.applications(),
              () -> names.nearest(word, false, true, List.of()),
              () -> names.applications(Optional.empty()));
      case Parameter.Type.Choice(List<String> words, boolean open)
          when open && Nearest.to(word, words).isEmpty() ->
          malformedValue(parameter, word);
      case Parameter.Type.Choice(List<String> words, var _) ->
          known(parameter.name(), word, words, () -> Nearest.to(word, words), () -> words);
      case Parameter.Type.Version(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job(),
          Parameter.Type.Nodes(),
          Parameter.Type.Word(),
          Parameter.Type.Text() ->
          malformedValue(parameter, word);
    };
  }

  private static Optional<Mistake> malformedValue(Parameter parameter, String word) {
    return malformed(parameter, word)
        .map(reason -> new Mistake(Mistake.Kind.MALFORMED, word, reason));
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
          VersionName.isValid(word)
              ? Optional.empty()
              : Optional.of(
                  "'%s' is not a version: %s."
                      .formatted(ArgumentReader.shortened(word), VersionName.RULE));
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
      case Parameter.Type.Nodes(), Parameter.Type.Word(), Parameter.Type.Text() ->
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

  /** Only what the asker may use is suggested or listed. */
  private static Optional<Mistake> known(
      String what,
      String word,
      Collection<String> all,
      Supplier<Optional<String>> nearest,
      Supplier<List<String>> usable) {
    if (all.contains(word)) {
      return Optional.empty();
    }
    Optional<String> near = nearest.get();
    String hint =
        near.map(name -> " Did you mean '" + name + "'?").orElseGet(() -> listed(usable.get()));
    return Optional.of(
        new Mistake(
            Mistake.Kind.UNKNOWN_NAME,
            word,
            "There is no %s '%s'.%s".formatted(what, ArgumentReader.shortened(word), hint),
            near.isPresent()));
  }

  private static String listed(List<String> words) {
    if (words.isEmpty()) {
      return "";
    }
    boolean more = words.size() > MOST_LISTED;
    return " There is %s%s."
        .formatted(
            String.join(", ", more ? words.subList(0, MOST_LISTED) : words), more ? " …" : "");
  }
}
