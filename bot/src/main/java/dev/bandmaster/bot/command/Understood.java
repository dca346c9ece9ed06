package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;

/** A command that has been read: what is to be run, with which arguments. */
record Understood(Asked asked, Person person, Command command, Invocation invocation) {

  Arguments arguments() {
    return invocation.arguments();
  }

  /** The right it needs. */
  String permission() {
    return command.right(arguments()).permission();
  }
}
