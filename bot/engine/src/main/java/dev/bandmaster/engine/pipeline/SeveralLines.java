package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Commands on several lines. A line is a command of its own if it begins with a command's name and
 * the command before it takes no free text, to which the line would belong.
 */
final class SeveralLines {

  private SeveralLines() {}

  /** The commands of a text, each as it was typed; one or none if its lines belong together. */
  static List<String> of(String text, CommandRegistry registry) {
    List<String> commands = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      boolean begins = command(line, registry).isPresent();
      if (begins && (commands.isEmpty() || isOver(commands.getLast(), registry))) {
        commands.add(line);
      } else if (commands.isEmpty()) {
        return List.of();
      } else {
        commands.add(commands.removeLast() + "\n" + line);
      }
    }
    return commands;
  }

  private static Optional<Command> command(String line, CommandRegistry registry) {
    return registry.find(line.split("\\s", 2)[0].toLowerCase(Locale.ROOT));
  }

  /** Whether nothing on a further line could belong to a command. */
  private static boolean isOver(String typed, CommandRegistry registry) {
    return TypedLine.of(typed).unclosed().isEmpty()
        && command(typed, registry)
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
