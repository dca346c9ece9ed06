package dev.bandmaster.engine.commands;

import dev.bandmaster.engine.pipeline.ArgumentReader;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.engine.pipeline.PermissionCheck;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code help}: what the asker may use here, and how. */
public final class Help implements Command.Answer {

  public static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "help",
          List.of(),
          "lists the commands you can use here",
          List.of(
              Parameter.positional("command", new Parameter.Type.Word(), "the command to explain")
                  .optional()),
          List.of("help", "help codeupdate"));

  /** What commands are about, in the order in which they are listed. */
  private enum Topic {
    NODES("Nodes and applications"),
    JOBS("Jobs"),
    LOCKS("Locks"),
    LATER("Schedules"),
    MYSELF("Other");

    private final String title;

    Topic(String title) {
      this.title = title;
    }

    static Topic of(Command command) {
      return switch (command) {
        case Command.Planned _ -> NODES;
        case Command.JobCommand _ -> JOBS;
        case Command.BuiltIn _, Command.ActionCommand _ ->
            switch (command.declaration().name()) {
              case "where" -> NODES;
              case "jobs", "history" -> JOBS;
              case "lock", "unlock", "locks" -> LOCKS;
              case "schedule", "unschedule", "schedules" -> LATER;
              default -> MYSELF;
            };
      };
    }
  }

  private final Supplier<CommandRegistry> registry;
  private final PermissionCheck rights;

  Help(Supplier<CommandRegistry> registry, PermissionCheck rights) {
    this.registry = registry;
    this.rights = rights;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<Command> usable =
        registry.get().commands().stream()
            .filter(command -> rights.mayEver(asker, command.permission()))
            .toList();
    return arguments
        .find("command")
        .map(word -> explain(word, usable.stream().map(Command::declaration).toList()))
        .orElseGet(() -> list(usable));
  }

  /** One paragraph for each topic, so that many commands stay within one message. */
  private static Message list(List<Command> usable) {
    Map<Topic, Text> topics = new EnumMap<>(Topic.class);
    for (Command command : usable) {
      CommandDeclaration declaration = command.declaration();
      topics.merge(
          Topic.of(command),
          Text.EMPTY
              .bold(Topic.of(command).title)
              .and("\n")
              .code(declaration.shortUsage())
              .and("  " + declaration.summary()),
          (before, one) ->
              before.and("\n").code(declaration.shortUsage()).and("  " + declaration.summary()));
    }
    List<Block> blocks = new ArrayList<>();
    topics.values().forEach(text -> blocks.add(new Message.Paragraph(text)));
    blocks.add(
        new Message.Footnote(
            Text.sentence(
                "For details: `help <command>`. In a channel, mention me first; in a DM, just type.")));
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
                "You cannot use the command '%s' here.%s"
                    .formatted(
                        ArgumentReader.shortened(word),
                        Nearest.to(word, usable.stream().map(CommandDeclaration::name).toList())
                            .map(near -> " Did you mean '" + near + "'?")
                            .orElse(" To list what you can use: `help`."))));
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
