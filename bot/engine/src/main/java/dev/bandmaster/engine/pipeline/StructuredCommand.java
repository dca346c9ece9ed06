package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Parameter.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A command whose arguments a program gives by name. It becomes the line that a person would type,
 * and takes the way of that line. What the line would mean is compared with what was given, so no
 * value can become an option or another argument.
 */
public sealed interface StructuredCommand {

  /** Most values of one argument. */
  int MOST_VALUES = 200;

  /** The line that a person would type. */
  record Line(String text) implements StructuredCommand {}

  /** It cannot be written as a line; the reason is a sentence. */
  record Mistaken(String reason) implements StructuredCommand {}

  /**
   * Writes a command as a line.
   *
   * @param command a command's name or alias
   * @param arguments the values by the names of the command's parameters; a flag that is given has
   *     none
   */
  static StructuredCommand of(
      CommandRegistry registry, String command, Map<String, List<String>> arguments) {
    Optional<CommandDeclaration> found = registry.find(command).map(Command::declaration);
    if (found.isEmpty()) {
      return new Mistaken(
          "Unknown command '%s'.".formatted(ArgumentReader.shortened(printable(command))));
    }
    CommandDeclaration declaration = found.get();
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> given : arguments.entrySet()) {
      Optional<Parameter> parameter =
          declaration.parameters().stream()
              .filter(each -> each.name().equals(given.getKey()))
              .findFirst();
      if (parameter.isEmpty()) {
        return new Mistaken(
            "'%s' has no argument '%s'. It has: %s."
                .formatted(
                    declaration.name(),
                    ArgumentReader.shortened(printable(given.getKey())),
                    names(declaration)));
      }
      Optional<String> problem = problem(parameter.get(), given.getValue());
      if (problem.isPresent()) {
        return new Mistaken(problem.get());
      }
      values.put(given.getKey(), given.getValue());
    }
    return line(declaration, new Arguments(values));
  }

  private static StructuredCommand line(CommandDeclaration declaration, Arguments arguments) {
    String line = ArgumentReader.canonical(declaration, arguments);
    return switch (ArgumentReader.read(
        declaration, TypedLine.of(line).from(1), (parameter, word) -> true)) {
      case ArgumentReader.Reading.Mistaken(Mistake mistake) -> new Mistaken(mistake.reason());
      case ArgumentReader.Reading.Complete(Arguments read) when read.equals(arguments) ->
          new Line(line);
      case ArgumentReader.Reading.Complete _ ->
          new Mistaken(
              "These values would mean something else in a command line. Give the arguments in front of the free text too, and no value that begins with '--' or the name of an argument.");
    };
  }

  private static Optional<String> problem(Parameter parameter, List<String> values) {
    if (parameter.form() == Form.FLAG) {
      return values.isEmpty()
          ? Optional.empty()
          : Optional.of("The argument '%s' is a flag: true or false.".formatted(parameter.name()));
    }
    boolean several = parameter.form() == Form.REST && !ArgumentReader.isText(parameter);
    if (values.isEmpty() || values.size() > (several ? MOST_VALUES : 1)) {
      return Optional.of(
          several
              ? "The argument '%s' has 1 to %d values.".formatted(parameter.name(), MOST_VALUES)
              : "The argument '%s' has one value.".formatted(parameter.name()));
    }
    return values.stream()
            .allMatch(value -> !value.isBlank() && value.chars().noneMatch(Character::isISOControl))
        ? Optional.empty()
        : Optional.of(
            "A value of the argument '%s' is blank or has a control character or line end."
                .formatted(parameter.name()));
  }

  private static String names(CommandDeclaration declaration) {
    return declaration.parameters().isEmpty()
        ? "none"
        : declaration.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
