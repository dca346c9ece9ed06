package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Commands on several lines. A line is a command of its own if it begins with a command's name and
 * the command before it takes no free text, to which the line would belong.
 */
final class SeveralLines {

  private SeveralLines() {}

  /**
   * The commands of a text, each as it was typed; one or none if its lines belong together.
   *
   * @param commands the command that a line means, if any
   */
  static List<String> of(String text, Function<String, Optional<Command>> commands) {
    List<String> found = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      boolean begins = commands.apply(line).isPresent();
      if (begins && (found.isEmpty() || isOver(found.getLast(), commands))) {
        found.add(line);
      } else if (found.isEmpty()) {
        return List.of();
      } else {
        found.add(found.removeLast() + "\n" + line);
      }
    }
    return found;
  }

  /** Whether nothing on a further line could belong to a command. */
  private static boolean isOver(String typed, Function<String, Optional<Command>> commands) {
    return TypedLine.of(typed).unclosed().isEmpty()
        && commands
            .apply(typed)
            .map(Command::declaration)
            .filter(declaration -> !takesFreeText(declaration))
            .isPresent();
  }

  private static boolean takesFreeText(CommandDeclaration declaration) {
    return declaration.parameters().stream()
        .filter(parameter -> parameter.form() == Parameter.Form.REST)
        .anyMatch(parameter -> !(parameter.type() instanceof Parameter.Type.Nodes));
  }
}
