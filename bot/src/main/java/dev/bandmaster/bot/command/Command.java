package dev.bandmaster.bot.command;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Message;

/** Something that can be asked for by name. */
public sealed interface Command {

  CommandDeclaration declaration();

  /** The right that is needed to run it with these arguments. */
  String permission(Arguments arguments);

  /** A command that a plugin plans. */
  record Planned(CommandPlugin plugin) implements Command {
    @Override
    public CommandDeclaration declaration() {
      return plugin.declaration();
    }

    @Override
    public String permission(Arguments arguments) {
      return plugin.permission(arguments);
    }
  }

  /** A command about the bot itself, answered on the spot. */
  record BuiltIn(CommandDeclaration declaration, Answer answer) implements Command {
    @Override
    public String permission(Arguments arguments) {
      return declaration.name();
    }
  }

  /** Answers a built-in command. */
  @FunctionalInterface
  interface Answer {
    Message to(Asker asker, Arguments arguments);
  }
}
