package dev.bandmaster.bot.command;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code help}: what the asker may use here, and how. */
final class Help implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "help",
          List.of(),
          "lists what you can use here",
          List.of(
              Parameter.positional("command", new Parameter.Type.Word(), "the command to explain")
                  .optional()),
          List.of("help", "help codeupdate"));

  private final Supplier<CommandRegistry> registry;
  private final Rights rights;

  Help(Supplier<CommandRegistry> registry, Rights rights) {
    this.registry = registry;
    this.rights = rights;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<CommandDeclaration> usable =
        registry.get().commands().stream()
            .map(Command::declaration)
            .filter(declaration -> rights.mayEver(asker, declaration.name()))
            .toList();
    return arguments
        .find("command")
        .map(word -> explain(word, usable))
        .orElseGet(() -> list(usable));
  }

  private static Message list(Collection<CommandDeclaration> usable) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Paragraph(Text.EMPTY.bold("What you can use here")));
    for (CommandDeclaration declaration : usable) {
      blocks.add(
          new Message.Paragraph(
              Text.EMPTY.code(declaration.usage()).and("  " + declaration.summary())));
    }
    blocks.add(
        new Message.Footnote(
            Text.plain(
                "'help <command>' explains one. In a DM just type; in a channel mention me.")));
    return new Message(blocks);
  }

  private static Message explain(String word, List<CommandDeclaration> usable) {
    Optional<CommandDeclaration> found =
        usable.stream()
            .filter(declaration ->
                declaration.name().equals(word) || declaration.aliases().contains(word))
            .findFirst();
    return found
        .map(Help::explain)
        .orElseGet(() ->
            Message.sentence(
                "You can use no command '%s' here.%s"
                    .formatted(
                        ArgumentReader.shortened(word),
                        Suggestions.nearest(
                                word, usable.stream().map(CommandDeclaration::name).toList())
                            .map(near -> " Did you mean '" + near + "'?")
                            .orElse(" 'help' lists what you can use."))));
  }

  private static Message explain(CommandDeclaration declaration) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY.code(declaration.usage()).and("  " + declaration.summary())));
    if (!declaration.aliases().isEmpty()) {
      blocks.add(
          new Message.Paragraph(Text.plain("also: " + String.join(", ", declaration.aliases()))));
    }
    for (Parameter parameter : declaration.parameters()) {
      blocks.add(
          new Message.Paragraph(
              Text.EMPTY
                  .code(parameter.name())
                  .and("  " + parameter.help() + (parameter.required() ? "" : " (optional)"))));
    }
    blocks.add(new Message.Preformatted(String.join("\n", declaration.examples())));
    return new Message(blocks);
  }
}
