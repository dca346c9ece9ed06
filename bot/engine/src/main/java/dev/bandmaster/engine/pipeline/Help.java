package dev.bandmaster.engine.pipeline;

import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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

  /** What a command is about: what it declares, or else what others of its kind are about. */
  private static Topic topic(Command command) {
    return command
        .declaration()
        .traits()
        .topic()
        .orElseGet(() ->
            switch (command) {
              case Command.Planned _ -> Topic.NODES;
              case Command.JobCommand _ -> Topic.JOBS;
              case Command.BuiltIn _, Command.ActionCommand _ -> Topic.BOT;
            });
  }

  private static String title(Topic topic) {
    return switch (topic) {
      case NODES -> "Nodes and applications";
      case JOBS -> "Jobs";
      case LOCKS -> "Locks";
      case LATER -> "Schedules";
      case BOT -> "Other";
    };
  }

  private final CommandRegistry registry;
  private final PermissionCheck rights;

  public Help(CommandRegistry registry, PermissionCheck rights) {
    this.registry = registry;
    this.rights = rights;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<Command> usable =
        registry.commands().stream().filter(command -> rights.mayEver(asker, command)).toList();
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
          topic(command),
          Text.EMPTY
              .bold(title(topic(command)))
              .newLine()
              .code(declaration.shortUsage())
              .and("  " + declaration.summary()),
          (before, one) ->
              before.newLine().code(declaration.shortUsage()).and("  " + declaration.summary()));
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
    List<CommandDeclaration> found =
        usable.stream()
            .filter(declaration ->
                declaration.name().equals(word) || declaration.aliases().contains(word))
            .toList();
    return found.isEmpty()
        ? Message.sentence(
            "You cannot use the command '%s' here.%s"
                .formatted(
                    ArgumentReader.shortened(word),
                    Nearest.to(word, usable.stream().map(CommandDeclaration::name).toList())
                        .map(near -> " Did you mean '" + near + "'?")
                        .orElse(" To list what you can use: `help`.")))
        : new Message(found.stream().flatMap(each -> explain(each).blocks().stream()).toList());
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
