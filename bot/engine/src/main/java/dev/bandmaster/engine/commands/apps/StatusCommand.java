package dev.bandmaster.engine.commands.apps;

import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code status}: how the bot itself is; with an environment, how that is. Everybody may usually
 * read the first, so the second is a permission of its own.
 *
 * @param bot what to report of the bot with its state, in the order to show
 */
record StatusCommand(Supplier<Map<String, String>> bot, EnvironmentOverview environments)
    implements Command.ActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "status",
          List.of(),
          "shows the bot's status, or that of an environment",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "which environment")
                  .optional(),
              Parameter.positional("app", new Parameter.Type.Application(), "only this application")
                  .optional()),
          List.of("status", "status prod", "status prod web"));

  @Override
  public Right right(String permission, Arguments arguments) {
    return arguments
        .find("env")
        .map(env -> new Right(permission + ":env", env, arguments.find("app").orElse("")))
        .orElseGet(() -> new Right(permission, "", ""));
  }

  @Override
  public Command.Outcome of(Asker asker, Arguments arguments) {
    return new Command.Outcome.Done(
        arguments
            .find("env")
            .map(env -> environments.of(env, arguments.find("app")))
            .orElseGet(this::ofBot),
        List.of());
  }

  private Message ofBot() {
    List<Block> blocks = new ArrayList<>();
    bot.get()
        .forEach((what, state) ->
            blocks.add(new Message.Paragraph(Text.EMPTY.bold(what).and("  " + state))));
    return new Message(blocks);
  }
}
