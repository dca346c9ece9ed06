package dev.bandmaster.engine.commands.plugins;

import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.plugins.PluginManager;
import dev.bandmaster.engine.plugins.PluginRules;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code plugins}, {@code plugins reload NAME} and {@code plugins remove NAME}. To list them needs
 * the permission {@code plugins}, to reload {@code plugins:reload}, to remove {@code
 * plugins:remove}. It acts on the replica that reads the command.
 */
public final class PluginsCommand implements Command.ActionHandler {

  private static final String RELOAD = "reload";

  private static final String REMOVE = "remove";

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "plugins",
          List.of(),
          "lists plugins, loads them again or removes them",
          List.of(
              Parameter.positional(
                      "action",
                      new Parameter.Type.Choice(List.of(RELOAD, REMOVE)),
                      "reload or remove (default: list them)")
                  .optional(),
              Parameter.positional("name", new Parameter.Type.Word(), "which plugin").optional(),
              Parameter.flag("state", "with remove: its configuration too")),
          List.of("plugins", "plugins reload disk-report", "plugins remove disk-report --state"),
          CommandTraits.STANDARD.about(Topic.BOT));

  private final PluginManager manager;

  private PluginsCommand(PluginManager manager) {
    this.manager = manager;
  }

  /** The command. */
  public static Command of(PluginManager manager) {
    return new Command.ActionCommand(DECLARATION, new PluginsCommand(manager));
  }

  @Override
  public Right right(String permission, Arguments arguments) {
    return new Right(
        arguments.find("action").map(action -> permission + ":" + action).orElse(permission),
        "",
        "");
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    if (arguments.find("action").isEmpty()) {
      return new Outcome.Done(list(), List.of());
    }
    if (arguments.find("name").isEmpty()) {
      return new Outcome.Refused("Which plugin? To list plugins: `plugins`.");
    }
    String name = arguments.word("name");
    String sentence =
        arguments.word("action").equals(RELOAD)
            ? manager.reload(name)
            : manager.remove(name, arguments.has("state"));
    return Outcome.done(sentence);
  }

  private Message list() {
    List<Block> blocks = new ArrayList<>();
    for (PluginRules.Line line : manager.lines()) {
      String commands =
          line.commands().isEmpty()
              ? "no commands"
              : line.commands().stream()
                  .map(command -> "`" + command + "`")
                  .collect(Collectors.joining(", "));
      blocks.add(
          new Message.Paragraph(
              Text.EMPTY
                  .bold(line.name())
                  .and(" " + line.version() + " from " + line.source() + ": ")
                  .and(Text.sentence(commands))
                  .and(line.off().map(why -> "; switched off: " + why).orElse("; on"))));
    }
    for (Map.Entry<String, String> each : manager.refused().entrySet()) {
      blocks.add(
          new Message.Paragraph(
              Text.EMPTY.bold(each.getKey()).and(" is not loaded: " + each.getValue())));
    }
    return blocks.isEmpty() ? Message.sentence("There are no plugins.") : new Message(blocks);
  }
}
