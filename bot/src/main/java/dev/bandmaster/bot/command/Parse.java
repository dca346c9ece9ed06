package dev.bandmaster.bot.command;

import dev.bandmaster.bot.catalogue.Catalogue;
import dev.bandmaster.bot.command.ArgumentReader.Reading;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is meant? Reads the words into a command with typed arguments; a mistake is answered with
 * what may have been meant, among what the asker may use.
 */
final class Parse implements Function<Identified, Step<Understood>> {

  /** Slack lets a person type 40,000 characters; no command needs a tenth of it. */
  static final int LONGEST = 4_000;

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
  private static final int LONGEST_WORD = 1_000;

  private final CommandRegistry registry;
  private final Catalogue catalogue;
  private final Rights rights;

  Parse(CommandRegistry registry, Catalogue catalogue, Rights rights) {
    this.registry = registry;
    this.catalogue = catalogue;
    this.rights = rights;
  }

  @Override
  public Step<Understood> apply(Identified identified) {
    String text = identified.asked().text();
    if (text.length() > LONGEST) {
      return mistake(
          "That is %,d characters long; a command has at most %,d. Put long content where the nodes can fetch it."
              .formatted(text.length(), LONGEST));
    }
    return switch (Words.of(text)) {
      case Words.Unreadable(String reason) -> mistake(reason);
      case Words.Split(List<String> words) when words.isEmpty() ->
          mistake("You called? Say 'help' to see what I can do for you.");
      case Words.Split(List<String> words) -> command(identified, words);
    };
  }

  private Step<Understood> command(Identified identified, List<String> words) {
    String word = words.getFirst().toLowerCase(Locale.ROOT);
    Optional<Command> found = registry.find(word);
    if (found.isEmpty()) {
      return unknownCommand(identified, words);
    }
    Command command = found.get();
    Step<Understood> read = read(identified, command, words);
    // What is wrong with the words of a command is told to those who may use it, and no others:
    // the right words are names of environments, applications and options.
    return read instanceof Step.End && !mayUse(identified, command)
        ? Step.end(
            Ending.Refused.denied(
                "You may not use '%s' here. 'help' lists what you can use."
                    .formatted(command.declaration().name())))
        : read;
  }

  private boolean mayUse(Identified identified, Command command) {
    return rights.mayEver(
        new Asker(identified.person(), identified.asked().place()), command.declaration().name());
  }

  private Step<Understood> read(Identified identified, Command command, List<String> words) {
    return switch (ArgumentReader.read(command.declaration(), words.subList(1, words.size()))) {
      case Reading.Mistaken(String reason) -> mistake(reason);
      case Reading.Complete(Arguments arguments) ->
          wrongValue(command, arguments)
              .map(Parse::mistake)
              .orElseGet(() ->
                  Step.on(
                      new Understood(
                          identified.asked(),
                          identified.person(),
                          command,
                          new Invocation(
                              arguments,
                              ArgumentReader.canonical(command.declaration(), arguments)))));
    };
  }

  private Step<Understood> unknownCommand(Identified identified, List<String> words) {
    Collection<String> usable =
        registry.commands().stream()
            .filter(command -> mayUse(identified, command))
            .flatMap(command ->
                Stream.concat(
                    Stream.of(command.declaration().name()),
                    command.declaration().aliases().stream()))
            .toList();
    String typed = ArgumentReader.shortened(words.getFirst());
    String sentence = "I do not know the command '" + typed + "'.";
    return Suggestions.nearest(words.getFirst(), usable)
        .map(near ->
            Step.<Understood>end(
                Ending.Refused.didYouMean(
                    sentence + " Did you mean '" + near + "'?", replaced(near, words))))
        .orElseGet(() -> mistake(sentence + " 'help' lists what you can use."));
  }

  private static String replaced(String command, List<String> words) {
    return Stream.concat(Stream.of(command), words.stream().skip(1).map(Words::quote))
        .collect(Collectors.joining(" "));
  }

  /** A sentence about the first value that is not of its parameter's type. */
  private Optional<String> wrongValue(Command command, Arguments arguments) {
    return command.declaration().parameters().stream()
        .flatMap(parameter ->
            arguments.words(parameter.name()).stream().map(word -> check(parameter, word)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> check(Parameter parameter, String word) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment() -> known("environment", word, catalogue.environments());
      case Parameter.Type.Application() -> known("application", word, catalogue.applications());
      case Parameter.Type.Choice(List<String> words) -> known(parameter.name(), word, words);
      case Parameter.Type.Version() ->
          VERSION.matcher(word).matches()
              ? Optional.empty()
              : Optional.of(
                  "'%s' is no version: letters, digits and . _ + - go, at most 100."
                      .formatted(ArgumentReader.shortened(word)));
      case Parameter.Type.Nodes(), Parameter.Type.Word() ->
          word.length() <= LONGEST_WORD
              ? Optional.empty()
              : Optional.of(
                  "<%s> is longer than %,d characters.".formatted(parameter.name(), LONGEST_WORD));
    };
  }

  private static Optional<String> known(String what, String word, Collection<String> words) {
    if (words.contains(word)) {
      return Optional.empty();
    }
    String hint =
        Suggestions.nearest(word, words)
            .map(near -> " Did you mean '" + near + "'?")
            .orElseGet(
                () -> " There is " + String.join(", ", words.stream().sorted().toList()) + ".");
    return Optional.of(
        "There is no %s '%s'.%s".formatted(what, ArgumentReader.shortened(word), hint));
  }

  private static Step<Understood> mistake(String reason) {
    return Step.end(Ending.Refused.mistake(reason));
  }
}
