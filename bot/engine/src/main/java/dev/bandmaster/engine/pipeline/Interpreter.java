package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out what is meant by the words behind a command: first in the order of its usage, which
 * always means the same, then in any order. Knows only names that the asker may use.
 *
 * @param nodes whether a node goes by a name
 */
public record Interpreter(
    Catalogue catalogue, ValueCheck values, Predicate<String> nodes, PermissionCheck rights) {

  /** What was found out. */
  sealed interface Meaning {
    /**
     * The command with its arguments.
     *
     * @param free whether it was not typed in the order of the usage
     */
    record Understood(Arguments arguments, boolean free) implements Meaning {}

    /**
     * It cannot be run as it is.
     *
     * @param mistake what is wrong in the order of the usage; empty where it is asked what is meant
     * @param reason a sentence
     * @param options whole commands that may be meant
     */
    record Mistaken(Optional<Mistake> mistake, String reason, List<String> options)
        implements Meaning {
      public Mistaken {
        options = List.copyOf(options);
      }

      static Mistaken of(Mistake mistake) {
        return new Mistaken(Optional.of(mistake), mistake.reason(), List.of());
      }

      static Mistaken asking(String question, List<String> options) {
        return new Mistaken(Optional.empty(), question, options);
      }
    }
  }

  /**
   * Reads what was typed behind a command.
   *
   * @param exactly whether only the order of the usage counts, as for what a button carries
   */
  Meaning read(Asker asker, Command command, TypedLine typed, boolean exactly) {
    CommandDeclaration declaration = command.declaration();
    UsableNames names = new UsableNames(asker, command, catalogue, nodes, rights);
    if (exactly) {
      return inOrder(command, typed, names);
    }
    // What is wrong needs no names yet; finding those that may be used goes through all rules.
    Meaning quick = inOrder(command, typed, Vocabulary.NONE);
    if (quick instanceof Meaning.Understood && !namesNodesLoosely(declaration, quick)) {
      return quick;
    }
    FreeOrder.Reading free = FreeOrder.read(declaration, typed, names);
    return free instanceof FreeOrder.Reading.Meant(Arguments arguments)
            && values.wrong(declaration, arguments, Vocabulary.NONE).isEmpty()
        ? understood(command, quick, arguments)
        : explained(declaration, inOrder(command, typed, names), free, names);
  }

  private Meaning explained(
      CommandDeclaration declaration, Meaning inOrder, FreeOrder.Reading free, Vocabulary names) {
    return switch (free) {
      case FreeOrder.Reading.Unclear(
              FreeOrder.Doubt doubt,
              String question,
              List<Arguments> options) ->
          Meaning.Mistaken.asking(
              question(inOrder, doubt, question),
              options.stream()
                  .map(option -> ArgumentReader.canonical(declaration, option))
                  .toList());
      case FreeOrder.Reading.Meant(Arguments arguments) when inOrder instanceof Meaning.Mistaken ->
          values
              .wrong(declaration, arguments, names)
              .<Meaning>map(Meaning.Mistaken::of)
              .orElse(inOrder);
      case FreeOrder.Reading.Meant _ -> inOrder;
      case FreeOrder.Reading.Unread(Optional<String> word) -> unread(declaration, inOrder, word);
    };
  }

  private static Meaning understood(Command command, Meaning inOrder, Arguments arguments) {
    String canonical = ArgumentReader.canonical(command.declaration(), arguments);
    boolean same =
        inOrder instanceof Meaning.Understood(Arguments ordered, boolean _)
            && ArgumentReader.canonical(command.declaration(), ordered).equals(canonical);
    return same ? inOrder : new Meaning.Understood(arguments, true);
  }

  /** A value that is wrong is named with what it should be, whatever else is asked. */
  private static String question(Meaning inOrder, FreeOrder.Doubt doubt, String question) {
    return doubt != FreeOrder.Doubt.MISSING
            && inOrder instanceof Meaning.Mistaken mistaken
            && mistaken.mistake().filter(Mistake::suggests).isPresent()
        ? mistaken.reason()
        : question;
  }

  /** What means nothing is named, unless the order of the usage says more about it. */
  private static Meaning unread(
      CommandDeclaration declaration, Meaning inOrder, Optional<String> word) {
    Optional<Mistake> mistake =
        inOrder instanceof Meaning.Mistaken mistaken ? mistaken.mistake() : Optional.empty();
    if (mistake.isEmpty()
        || word.isEmpty()
        || !hasPlaces(declaration)
        || saysMore(mistake.get(), word.get())) {
      return inOrder;
    }
    String reason = nothing(declaration, ArgumentReader.shortened(word.get()));
    return Meaning.Mistaken.of(
        new Mistake(
            mistake.get().kind(),
            word.get(),
            "%s Usage: `%s`".formatted(reason, declaration.usage())));
  }

  /** Whether a mistake in the order of the usage says more than that a word means nothing. */
  private static boolean saysMore(Mistake mistake, String word) {
    return switch (mistake.kind()) {
      case TOO_MANY -> false;
      case UNKNOWN_OPTION -> word.startsWith("-");
      case UNKNOWN_NAME -> word.startsWith("-") || word.equals(mistake.word());
      case NO_VALUE, MISSING, UNCLOSED, MALFORMED -> true;
    };
  }

  private static String nothing(CommandDeclaration declaration, String word) {
    if (!word.startsWith("--")) {
      return "'%s' is nothing that you may use with '%s' here.".formatted(word, declaration.name());
    }
    return ArgumentReader.named(declaration, word).isPresent()
        ? word + " needs a value."
        : "There is no option " + word + ".";
  }

  private static boolean hasPlaces(CommandDeclaration declaration) {
    return declaration.parameters().stream()
        .anyMatch(parameter ->
            parameter.type() instanceof Parameter.Type.Environment
                || parameter.type() instanceof Parameter.Type.Application);
  }

  private Meaning inOrder(Command command, TypedLine typed, Vocabulary names) {
    CommandDeclaration declaration = command.declaration();
    return switch (ArgumentReader.read(declaration, typed, this::fits)) {
      case ArgumentReader.Reading.Mistaken(Mistake mistake) -> Meaning.Mistaken.of(mistake);
      case ArgumentReader.Reading.Complete(Arguments arguments) ->
          values
              .wrong(declaration, arguments, names)
              .<Meaning>map(Meaning.Mistaken::of)
              .orElseGet(() -> new Meaning.Understood(arguments, false));
    };
  }

  /** Whether a word can be the value of an optional parameter before free text. */
  private boolean fits(Parameter parameter, String word) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment() -> catalogue.environments().contains(word);
      case Parameter.Type.Application() -> catalogue.applications().contains(word);
      case Parameter.Type.Choice(List<String> choices, var _) -> choices.contains(word);
      case Parameter.Type.Version(),
          Parameter.Type.Nodes(),
          Parameter.Type.Word(),
          Parameter.Type.Text(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job() ->
          true;
    };
  }

  /** Words of a filter of nodes that is none in its own language: {@code web1, web2 in staging}. */
  private static boolean namesNodesLoosely(CommandDeclaration declaration, Meaning inOrder) {
    return inOrder instanceof Meaning.Understood(Arguments arguments, boolean _)
        && declaration.parameters().stream()
            .filter(parameter -> parameter.form() == Parameter.Form.REST)
            .filter(parameter -> parameter.type() instanceof Parameter.Type.Nodes)
            .map(parameter -> arguments.words(parameter.name()))
            .anyMatch(words -> !words.isEmpty() && !NodeFilterBuilder.isFilter(words));
  }
}
