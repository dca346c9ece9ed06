package dev.bandmaster.engine.pipeline;

import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is meant? Reads the words into a command with typed arguments; a mistake is answered with
 * what may have been meant, among what the asker may use.
 */
public final class Parse implements Function<Identified, Step<ParsedCommand>> {

  /** Slack lets a person type 40,000 characters; no command needs a tenth of it. */
  static final int LONGEST = 4_000;

  private static final String TOO_LONG =
      "With what the alias stands for, the command has more than %,d characters."
          .formatted(LONGEST);

  /** Commands on several lines that are offered as buttons. */
  private static final int MOST_LINES = 10;

  private final CommandRegistry registry;
  private final Wording wording;
  private final Interpreter interpreter;
  private final PermissionCheck rights;
  private final ThreadCompletion threads;

  /**
   * @param wording what people's words come to
   * @param threads knows what a thread is about
   */
  public Parse(
      CommandRegistry registry,
      Wording wording,
      Interpreter interpreter,
      PermissionCheck rights,
      ThreadSubjects threads) {
    this.registry = registry;
    this.wording = wording;
    this.interpreter = interpreter;
    this.rights = rights;
    this.threads = new ThreadCompletion(registry, threads);
  }

  @Override
  public Step<ParsedCommand> apply(Identified identified) {
    String text = identified.asked().text();
    if (text.length() > LONGEST) {
      return mistake(
          "The command has %,d characters; at most %,d are allowed. Put long content where the nodes can fetch it."
              .formatted(text.length(), LONGEST));
    }
    if (identified.asked().manner() != CommandRequest.Manner.TYPED) {
      return line(identified, text, false);
    }
    List<String> lines =
        text.lines().limit(2).count() < 2 ? List.of() : lines(asker(identified), text);
    return lines.size() > 1 ? oneByOne(asker(identified), lines) : worded(identified, text);
  }

  private List<String> lines(Asker asker, String text) {
    return SeveralLines.of(text, line -> meant(asker, line).flatMap(this::command));
  }

  /** What people say is read as the command it comes to, and that is shown. */
  private Step<ParsedCommand> worded(Identified identified, String text) {
    return switch (wording.of(asker(identified), text)) {
      case Wording.Meant.Literally() -> line(identified, text, false);
      case Wording.Meant.Command(String command) ->
          command.length() > LONGEST ? mistake(TOO_LONG) : line(identified, command, true);
      case Wording.Meant.Incomplete(String reason) -> mistake(reason);
    };
  }

  /** The line that is meant by one; none if words are missing. */
  private Optional<String> meant(Asker asker, String line) {
    return switch (wording.of(asker, line)) {
      case Wording.Meant.Literally() -> Optional.of(line);
      case Wording.Meant.Command(String command) -> Optional.of(command);
      case Wording.Meant.Incomplete(var _) -> Optional.empty();
    };
  }

  private Optional<Command> command(String line) {
    return registry.find(line.split("\\s", 2)[0].toLowerCase(Locale.ROOT));
  }

  private Step<ParsedCommand> line(Identified identified, String text, boolean worded) {
    TypedLine typed = TypedLine.of(text);
    return typed.words().isEmpty()
        ? mistake("To list what you can use: `help`.")
        : command(identified, ConfirmationCount.of(typed), worded);
  }

  /**
   * Several commands are offered one by one: what the second does may depend on how the first ends,
   * and that takes its time.
   */
  private Step<ParsedCommand> oneByOne(Asker asker, List<String> lines) {
    if (lines.size() > MOST_LINES) {
      return mistake(
          "Nothing was run: these are %d commands, and at most %d can be offered at once."
              .formatted(lines.size(), MOST_LINES));
    }
    List<String> commands = new ArrayList<>();
    for (String line : lines) {
      switch (check(asker, line)) {
        case CommandReader.Mistaken(String reason) -> {
          return mistake(
              "Nothing was run. In `%s`: %s".formatted(ArgumentReader.shortened(line), reason));
        }
        case CommandReader.Good(String canonical, var _, var _, var _) -> commands.add(canonical);
      }
    }
    return Step.end(
        CommandResult.Refused.usage(
            "Several commands are run one by one, so that you see how each ends. Nothing was run yet:",
            commands,
            Optional.empty()));
  }

  private Step<ParsedCommand> command(
      Identified identified, ConfirmationCount asTyped, boolean worded) {
    ConfirmationCount confirmed;
    switch (threads.complete(inThread(identified), asTyped.typed())) {
      case ThreadCompletion.Completed.Line(TypedLine completed) ->
          confirmed = new ConfirmationCount(completed, asTyped.nodes());
      case ThreadCompletion.Completed.Which(
              Command command,
              String reason,
              List<String> options) -> {
        return Step.end(
            mayUse(identified, command)
                ? CommandResult.Refused.usage(reason, options, Optional.empty())
                : mayNotUse(command));
      }
    }
    TypedLine typed = confirmed.typed();
    Optional<Command> found = registry.find(typed.texts());
    if (found.isEmpty()) {
      return SmallTalk.answer(identified.asked().text(), usable(asker(identified)))
          .map(answer -> Step.<ParsedCommand>end(CommandResult.Answered.with(answer)))
          .or(() -> typed.unclosed().map(Parse::mistake))
          .orElseGet(() -> unknownCommand(identified, typed));
    }
    Command command = found.get();
    if (typed.words().size() == 1 && CommandForm.isFor(command) && mayUse(identified, command)) {
      return Step.end(CommandResult.Answered.with(CommandForm.offer(command.declaration())));
    }
    Step<ParsedCommand> read = read(identified, command, confirmed, worded);
    // What is wrong with the words of a command is shown to those who may use it, and no others:
    // the right words are names of environments, applications and options.
    return read instanceof Step.End && !mayUse(identified, command)
        ? Step.end(mayNotUse(command))
        : read;
  }

  private static CommandResult.Refused mayNotUse(Command command) {
    return CommandResult.Refused.denied(
        "You may not use '%s' here. To list what you can use: `help`."
            .formatted(command.declaration().name()));
  }

  private boolean mayUse(Identified identified, Command command) {
    return rights.mayEver(asker(identified), command);
  }

  /** The asker where they are; what begins a thread is in no other's. */
  private static Asker inThread(Identified identified) {
    CommandRequest asked = identified.asked();
    boolean begins = asked.place().thread().equals(asked.question());
    return new Asker(
        identified.person(), begins ? asked.place().outsideOfThreads() : asked.place());
  }

  private static Asker asker(Identified identified) {
    return new Asker(identified.person(), identified.asked().place());
  }

  /** Reads a line that is to be run later; as strict as when it is run. */
  public CommandReader.Checked check(Asker asker, String line) {
    return switch (wording.of(asker, line)) {
      case Wording.Meant.Literally() -> checked(asker, line, false);
      case Wording.Meant.Command(String command) -> checked(asker, command, true);
      case Wording.Meant.Incomplete(String reason) -> new CommandReader.Mistaken(reason);
    };
  }

  private CommandReader.Checked checked(Asker asker, String line, boolean worded) {
    ConfirmationCount asTyped = ConfirmationCount.of(TypedLine.of(line));
    TypedLine typed;
    switch (threads.complete(asker, asTyped.typed())) {
      case ThreadCompletion.Completed.Line(TypedLine completed) -> typed = completed;
      case ThreadCompletion.Completed.Which which -> {
        return new CommandReader.Mistaken(
            which.reason() + " For example: `" + which.options().getFirst() + "`");
      }
    }
    ConfirmationCount confirmed = new ConfirmationCount(typed, asTyped.nodes());
    if (typed.words().isEmpty()) {
      return new CommandReader.Mistaken("Which command? To list what you can use: `help`.");
    }
    String first = typed.words().getFirst().text();
    String name = first.toLowerCase(Locale.ROOT);
    Optional<Command> command =
        registry.find(typed.texts()).filter(found -> rights.mayEver(asker, found));
    if (command.isEmpty()) {
      String unknown = ArgumentReader.shortened(first);
      return new CommandReader.Mistaken(
          registry.find(name).isPresent()
              ? "You cannot use the command '%s' here. To list what you can use: `help`."
                  .formatted(unknown)
              : "Unknown command '%s'.".formatted(unknown)
                  + nearest(asker, first)
                      .map(near -> " Did you mean '" + near + "'?")
                      .orElse(" To list what you can use: `help`."));
    }
    return switch (interpreter.read(asker, command.get(), typed.from(1), false)) {
      case Interpreter.Meaning.Mistaken(var _, String reason, List<String> options) ->
          new CommandReader.Mistaken(
              options.isEmpty() ? reason : reason + " For example: `" + options.getFirst() + "`");
      case Interpreter.Meaning.Understood(Arguments arguments, boolean free) ->
          new CommandReader.Good(
              confirmed.around(ArgumentReader.canonical(command.get().declaration(), arguments)),
              command.get(),
              arguments,
              free || worded);
    };
  }

  private Step<ParsedCommand> read(
      Identified identified, Command command, ConfirmationCount confirmed, boolean worded) {
    boolean exactly = identified.asked().manner() != CommandRequest.Manner.TYPED;
    return switch (interpreter.read(
        asker(identified), command, confirmed.typed().from(1), exactly)) {
      case Interpreter.Meaning.Mistaken(var _, String reason, List<String> options) ->
          Step.end(CommandResult.Refused.usage(reason, options, CommandForm.of(command)));
      case Interpreter.Meaning.Understood(Arguments arguments, boolean free) ->
          command
              .missing(arguments)
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
                          confirmed.nodes(),
                          free || worded)));
    };
  }

  private Step<ParsedCommand> unknownCommand(Identified identified, TypedLine typed) {
    String first = typed.words().getFirst().text();
    String sentence = "Unknown command '" + ArgumentReader.shortened(first) + "'.";
    return nearest(asker(identified), first)
        .map(near ->
            Step.<ParsedCommand>end(
                CommandResult.Refused.didYouMean(
                    sentence + " Did you mean '" + near + "'?",
                    completed(inThread(identified), replaced(near, typed)))))
        .orElseGet(() -> mistake(sentence + " To list what you can use: `help`."));
  }

  /** The command that may have been meant, among those the asker may use. */
  private Optional<String> nearest(Asker asker, String word) {
    Collection<String> words =
        Stream.concat(
                usable(asker).stream()
                    .map(Command::declaration)
                    .flatMap(declaration ->
                        Stream.concat(
                            Stream.of(declaration.name()), declaration.aliases().stream())),
                wording.names(asker).stream())
            .toList();
    return Nearest.to(word, words);
  }

  private List<Command> usable(Asker asker) {
    return registry.commands().stream().filter(command -> rights.mayEver(asker, command)).toList();
  }

  /** What is offered is whole, so that it means the same wherever its button stands. */
  private String completed(Asker asker, String line) {
    return switch (threads.complete(asker, TypedLine.of(line))) {
      case ThreadCompletion.Completed.Line(TypedLine whole) -> whole.line();
      case ThreadCompletion.Completed.Which _ -> line;
    };
  }

  private static String replaced(String command, TypedLine typed) {
    return typed.words().size() == 1 ? command : command + " " + typed.tail(1);
  }

  private static Step<ParsedCommand> mistake(String reason) {
    return Step.end(CommandResult.Refused.mistake(reason));
  }
}
