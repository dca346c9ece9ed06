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
import java.util.Locale;
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

  /** Shows all fields of an open form; its value is the command's name. */
  public static final String MORE = "form.more";

  /** Fields from which on the rare ones are behind a button. */
  private static final int MANY_FIELDS = 5;

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
   * The form.
   *
   * @param choices says what a parameter offers, nothing where anything may be typed
   * @param isWhole whether the fields that are rarely needed are shown too
   */
  public static Dialog of(
      CommandDeclaration declaration,
      Function<Parameter, List<Dialog.Option>> choices,
      boolean isWhole) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Dialog.Note(Text.plain(capitalised(declaration.summary()) + ".")));
    boolean isFolded = !isWhole && declaration.parameters().size() >= MANY_FIELDS;
    boolean isLeftOut = false;
    for (Parameter parameter : declaration.parameters()) {
      if (isFolded && isRare(parameter)) {
        isLeftOut = true;
      } else {
        fields.add(field(parameter, choices.apply(parameter)));
      }
    }
    if (isLeftOut) {
      fields.add(new Dialog.Press(MORE, declaration.name(), "More options"));
    }
    return new Dialog(OPEN, title(declaration), "Run", fields, declaration.name());
  }

  /** What a command goes by that is run as most people run it. */
  private static boolean isRare(Parameter parameter) {
    return !parameter.required()
        && (parameter.form() == Form.NAMED || parameter.form() == Form.FLAG)
        && !(parameter.type() instanceof Parameter.Type.Version);
  }

  /** In words: as the button says that opens it, or the command's name. */
  private static String title(CommandDeclaration declaration) {
    String words =
        declaration
            .traits()
            .homeButton()
            .map(label -> label.replace("…", "").strip())
            .filter(label -> !label.isEmpty())
            .orElseGet(() -> inWords(declaration.name()));
    return words.length() <= LONGEST_TITLE ? words : words.substring(0, LONGEST_TITLE);
  }

  private static String label(Parameter parameter) {
    return switch (parameter.type()) {
      case Parameter.Type.Environment() -> "Environment";
      case Parameter.Type.Application() -> "Application";
      case Parameter.Type.Version() -> "Version";
      case Parameter.Type.Nodes(),
          Parameter.Type.Word(),
          Parameter.Type.Text(),
          Parameter.Type.Size(),
          Parameter.Type.Span(),
          Parameter.Type.Job(),
          Parameter.Type.Choice _ ->
          inWords(parameter.name());
    };
  }

  private static String inWords(String name) {
    return capitalised(name.replace('-', ' '));
  }

  private static String capitalised(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static Field field(Parameter parameter, List<Dialog.Option> options) {
    String name = parameter.name();
    String label = label(parameter);
    String hint = capitalised(hint(parameter));
    if (parameter.form() == Form.FLAG) {
      return new Dialog.Tick(name, label, hint);
    }
    boolean fits =
        options.size() <= Dialog.Pick.MOST_OPTIONS
            && options.stream().allMatch(Dialog.Option::fits);
    return options.isEmpty() || !fits
        ? new Dialog.Line(name, label, hint, parameter.required(), false, LONGEST_WORD)
        : new Dialog.Pick(name, label, hint, parameter.required(), options);
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

  /** A release as a choice where there are those of several applications. */
  public static String release(String application, String version) {
    return application + "@" + version;
  }

  /** The version of a choice that may be a {@link #release}; a version holds no such sign. */
  private static String version(String value) {
    return value.substring(value.lastIndexOf('@') + 1);
  }

  /** Releases that were chosen, as their versions. */
  private static Map<String, String> withVersions(
      CommandDeclaration declaration, Map<String, String> values) {
    Map<String, String> plain = new LinkedHashMap<>(values);
    declaration.parameters().stream()
        .filter(parameter -> parameter.type() instanceof Parameter.Type.Version)
        .forEach(
            parameter -> plain.computeIfPresent(parameter.name(), (name, value) -> version(value)));
    return plain;
  }

  /** A release of one application that was chosen for another. */
  private static Map<String, String> foreignReleases(
      CommandDeclaration declaration, Map<String, String> values) {
    Map<String, String> mistakes = new LinkedHashMap<>();
    Optional<String> application =
        declaration.parameters().stream()
            .filter(parameter -> parameter.type() instanceof Parameter.Type.Application)
            .flatMap(parameter -> Optional.ofNullable(values.get(parameter.name())).stream())
            .findFirst();
    for (Parameter parameter : declaration.parameters()) {
      String value = values.getOrDefault(parameter.name(), "");
      int at = value.lastIndexOf('@');
      if (parameter.type() instanceof Parameter.Type.Version && at > 0) {
        String of = value.substring(0, at);
        application
            .filter(chosen -> !chosen.equals(of))
            .ifPresent(chosen ->
                mistakes.put(
                    parameter.name(),
                    "This is a release of %s, but the application is %s.".formatted(of, chosen)));
      }
    }
    return mistakes;
  }

  /** What is wrong with what was filled in, a sentence by the parameter's name. */
  public static Map<String, String> mistakes(
      CommandDeclaration declaration, Map<String, String> filledIn) {
    Map<String, String> values = withVersions(declaration, filledIn);
    Map<String, String> mistakes = new LinkedHashMap<>(foreignReleases(declaration, filledIn));
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
  public static String commandLine(CommandDeclaration declaration, Map<String, String> filledIn) {
    Map<String, String> values = withVersions(declaration, filledIn);
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
