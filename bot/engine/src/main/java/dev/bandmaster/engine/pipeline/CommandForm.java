package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialog.Field;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Parameter.Form;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A command as a form: made from its declaration, and read back into the command that somebody
 * would type. Pure.
 */
public final class CommandForm {

  /** Opens a form: the action of the button, whose value is the command's name. */
  public static final String OPEN = "form.open";

  private static final int LONGEST_WORD = 1_000;
  private static final int LONGEST_HINT = 150;
  private static final int LONGEST_TITLE = 24;

  private CommandForm() {}

  /** Whether there is a form: for work whose command declares one. */
  public static boolean isFor(Command command) {
    return command instanceof Command.Planned && command.declaration().traits().form();
  }

  /** The name under which a command's form is found, if it has one. */
  static Optional<String> of(Command command) {
    return Optional.of(command).filter(CommandForm::isFor).map(some -> some.declaration().name());
  }

  /** What somebody is answered who typed the command's name alone. */
  public static Message offer(CommandDeclaration declaration) {
    return Message.of(
        new Message.Paragraph(
            Text.EMPTY.code(declaration.usage()).and("  " + declaration.summary())),
        new Message.Buttons(List.of(button(declaration.name(), "Fill in a form"))));
  }

  /** A button that opens the form of a command. */
  public static Button button(String command, String label) {
    return new Button(OPEN, command, label, Button.Style.PRIMARY, Optional.empty());
  }

  /** What is on the screen until it is known what the person may choose from. */
  public static Dialog waiting(CommandDeclaration declaration) {
    return Dialog.saying(OPEN, title(declaration), "Loading…");
  }

  /** What is on the screen where there is no form for this person. */
  public static Dialog refusal(CommandDeclaration declaration, String reason) {
    return Dialog.saying(OPEN, title(declaration), reason);
  }

  /**
   * The form; {@code choices} says what a parameter offers, nothing where anything may be typed.
   */
  public static Dialog of(
      CommandDeclaration declaration, Function<Parameter, List<String>> choices) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Dialog.Note(Text.plain(declaration.summary() + ".")));
    for (Parameter parameter : declaration.parameters()) {
      fields.add(field(parameter, choices.apply(parameter)));
    }
    return new Dialog(OPEN, title(declaration), "Run", fields, declaration.name());
  }

  private static String title(CommandDeclaration declaration) {
    String name = declaration.name();
    return name.length() <= LONGEST_TITLE ? name : name.substring(0, LONGEST_TITLE);
  }

  private static Field field(Parameter parameter, List<String> options) {
    String name = parameter.name();
    String hint = hint(parameter);
    if (parameter.form() == Form.FLAG) {
      return new Dialog.Tick(name, name, hint);
    }
    boolean fits =
        options.size() <= Dialog.Pick.MOST_OPTIONS
            && options.stream().allMatch(word -> word.length() <= Dialog.Pick.LONGEST_OPTION);
    return options.isEmpty() || !fits
        ? new Dialog.Line(name, name, hint, parameter.required(), false, LONGEST_WORD)
        : new Dialog.Pick(name, name, hint, parameter.required(), options);
  }

  private static String hint(Parameter parameter) {
    String hint =
        switch (parameter.type()) {
          case Parameter.Type.Size() -> parameter.help() + " (3 or 25%)";
          case Parameter.Type.Span() -> parameter.help() + " (30s, 10m, 2h or 1d)";
          case Parameter.Type.Nodes() -> parameter.help() + " (for example web1, web*, env=prod)";
          case Parameter.Type.Environment(),
              Parameter.Type.Application(),
              Parameter.Type.Version(),
              Parameter.Type.Word(),
              Parameter.Type.Text(),
              Parameter.Type.Job(),
              Parameter.Type.Choice _ ->
              parameter.help();
        };
    return hint.length() <= LONGEST_HINT ? hint : parameter.help().substring(0, LONGEST_HINT);
  }

  /** What is wrong with what was filled in, a sentence by the parameter's name. */
  public static Map<String, String> mistakes(
      CommandDeclaration declaration, Map<String, String> values) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    Optional<String> skipped = Optional.empty();
    for (Parameter parameter : declaration.parameters()) {
      String name = parameter.name();
      boolean byPlace = parameter.form() == Form.POSITIONAL || parameter.form() == Form.REST;
      if (values.containsKey(name)) {
        mistake(parameter, values.get(name)).ifPresent(wrong -> mistakes.put(name, wrong));
        if (byPlace && skipped.isPresent()) {
          mistakes.put(skipped.get(), "Required when " + name + " is set.");
        }
      } else if (parameter.required()) {
        mistakes.put(name, "Required: " + parameter.help() + ".");
      } else if (byPlace && skipped.isEmpty()) {
        skipped = Optional.of(name);
      }
    }
    return mistakes;
  }

  private static Optional<String> mistake(Parameter parameter, String value) {
    return switch (parameter.form()) {
      case FLAG -> Optional.empty();
      case POSITIONAL, NAMED -> ValueCheck.malformed(parameter, value);
      case REST ->
          switch (split(parameter, value)) {
            case WordSplitter.Unreadable(String reason) -> Optional.of(reason);
            case WordSplitter.Split(List<String> words) ->
                words.stream()
                    .map(word -> ValueCheck.malformed(parameter, word))
                    .flatMap(Optional::stream)
                    .findFirst();
          };
    };
  }

  /** What somebody would type who wants what was filled in; there are no mistakes in it. */
  public static String commandLine(CommandDeclaration declaration, Map<String, String> values) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (Parameter parameter : declaration.parameters()) {
      String value = values.get(parameter.name());
      if (value != null) {
        words.put(parameter.name(), words(parameter, value));
      }
    }
    return ArgumentReader.canonical(declaration, new Arguments(words));
  }

  private static WordSplitter split(Parameter parameter, String value) {
    return ArgumentReader.isText(parameter)
        ? new WordSplitter.Split(List.of(value))
        : WordSplitter.of(value);
  }

  private static List<String> words(Parameter parameter, String value) {
    return switch (parameter.form()) {
      case FLAG -> List.of();
      case POSITIONAL, NAMED -> List.of(value);
      case REST ->
          switch (split(parameter, value)) {
            case WordSplitter.Split(List<String> words) -> words;
            case WordSplitter.Unreadable _ -> List.of(value);
          };
    };
  }
}
