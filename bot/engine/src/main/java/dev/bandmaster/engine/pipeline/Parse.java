package dev.bandmaster.engine.pipeline;

import dev.bandmaster.engine.pipeline.ArgumentReader.Reading;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is meant? Reads the words into a command with typed arguments; a mistake is answered with
 * what may have been meant, among what the asker may use.
 */
public final class Parse implements Function<Identified, Step<ParsedCommand>> {

  /** Slack lets a person type 40,000 characters; no command needs a tenth of it. */
  static final int LONGEST = 4_000;

  private final CommandRegistry registry;
  private final ValueCheck values;
  private final PermissionCheck rights;

  public Parse(CommandRegistry registry, ValueCheck values, PermissionCheck rights) {
    this.registry = registry;
    this.values = values;
    this.rights = rights;
  }

  @Override
  public Step<ParsedCommand> apply(Identified identified) {
    String text = identified.asked().text();
    if (text.length() > LONGEST) {
      return mistake(
          "The command has %,d characters; at most %,d are allowed. Put long content where the nodes can fetch it."
              .formatted(text.length(), LONGEST));
    }
    return switch (WordSplitter.of(text)) {
      case WordSplitter.Unreadable(String reason) -> mistake(reason);
      case WordSplitter.Split(List<String> words) when words.isEmpty() ->
          mistake("To list what you can use: `help`.");
      case WordSplitter.Split(List<String> words) ->
          command(identified, ConfirmationCount.of(words));
    };
  }

  private Step<ParsedCommand> command(Identified identified, ConfirmationCount confirmed) {
    List<String> words = confirmed.words();
    Optional<Command> found = registry.find(words);
    if (found.isEmpty()) {
      return unknownCommand(identified, words);
    }
    Command command = found.get();
    if (words.size() == 1 && CommandForm.isFor(command) && mayUse(identified, command)) {
      return Step.end(CommandResult.Answered.with(CommandForm.offer(command.declaration())));
    }
    Step<ParsedCommand> read = read(identified, command, confirmed);
    // What is wrong with the words of a command is told to those who may use it, and no others:
    // the right words are names of environments, applications and options.
    return read instanceof Step.End && !mayUse(identified, command)
        ? Step.end(
            CommandResult.Refused.denied(
                "You may not use '%s' here. To list what you can use: `help`."
                    .formatted(command.declaration().name())))
        : read;
  }

  private boolean mayUse(Identified identified, Command command) {
    return rights.mayEver(asker(identified), command);
  }

  private static Asker asker(Identified identified) {
    return new Asker(identified.person(), identified.asked().place());
  }

  /** Reads words that are to be run later; as strict as when they are run. */
  public CommandReader.Checked check(Asker asker, List<String> typed) {
    ConfirmationCount confirmed = ConfirmationCount.of(typed);
    List<String> words = confirmed.words();
    String name = words.getFirst().toLowerCase(Locale.ROOT);
    Optional<Command> command = registry.find(words).filter(found -> rights.mayEver(asker, found));
    if (command.isEmpty()) {
      String unknown = ArgumentReader.shortened(words.getFirst());
      return new CommandReader.Mistaken(
          registry.find(name).isPresent()
              ? "You cannot use the command '%s' here. To list what you can use: `help`."
                  .formatted(unknown)
              : "Unknown command '%s'.".formatted(unknown)
                  + nearest(asker, words.getFirst())
                      .map(near -> " Did you mean '" + near + "'?")
                      .orElse(" To list what you can use: `help`."));
    }
    return switch (ArgumentReader.read(
        command.get().declaration(), words.subList(1, words.size()))) {
      case Reading.Mistaken(String reason) -> new CommandReader.Mistaken(reason);
      case Reading.Complete(Arguments arguments) ->
          wrongValue(command.get(), arguments)
              .<CommandReader.Checked>map(CommandReader.Mistaken::new)
              .orElseGet(() ->
                  new CommandReader.Good(
                      confirmed.around(
                          ArgumentReader.canonical(command.get().declaration(), arguments))));
    };
  }

  private Step<ParsedCommand> read(
      Identified identified, Command command, ConfirmationCount confirmed) {
    List<String> words = confirmed.words();
    return switch (ArgumentReader.read(command.declaration(), words.subList(1, words.size()))) {
      case Reading.Mistaken(String reason) -> mistake(reason);
      case Reading.Complete(Arguments arguments) ->
          wrongValue(command, arguments)
              .or(() -> command.missing(arguments))
              .map(Parse::mistake)
              .orElseGet(() ->
                  Step.on(
                      new ParsedCommand(
                          identified.asked(),
                          identified.person(),
                          command,
                          new Invocation(
                              arguments,
                              ArgumentReader.canonical(command.declaration(), arguments)),
                          confirmed.nodes())));
    };
  }

  private Step<ParsedCommand> unknownCommand(Identified identified, List<String> words) {
    String typed = ArgumentReader.shortened(words.getFirst());
    String sentence = "Unknown command '" + typed + "'.";
    return nearest(asker(identified), words.getFirst())
        .map(near ->
            Step.<ParsedCommand>end(
                CommandResult.Refused.didYouMean(
                    sentence + " Did you mean '" + near + "'?", replaced(near, words))))
        .orElseGet(() -> mistake(sentence + " To list what you can use: `help`."));
  }

  /** The command that may have been meant, among those the asker may use. */
  private Optional<String> nearest(Asker asker, String word) {
    Collection<String> usable =
        registry.commands().stream()
            .filter(command -> rights.mayEver(asker, command))
            .map(Command::declaration)
            .flatMap(declaration ->
                Stream.concat(Stream.of(declaration.name()), declaration.aliases().stream()))
            .toList();
    return Nearest.to(word, usable);
  }

  private static String replaced(String command, List<String> words) {
    return Stream.concat(Stream.of(command), words.stream().skip(1).map(WordSplitter::quote))
        .collect(Collectors.joining(" "));
  }

  /** A sentence about the first value that is not of its parameter's type. */
  private Optional<String> wrongValue(Command command, Arguments arguments) {
    return command.declaration().parameters().stream()
        .flatMap(parameter ->
            arguments.words(parameter.name()).stream().map(word -> values.wrong(parameter, word)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Step<ParsedCommand> mistake(String reason) {
    return Step.end(CommandResult.Refused.mistake(reason));
  }
}
