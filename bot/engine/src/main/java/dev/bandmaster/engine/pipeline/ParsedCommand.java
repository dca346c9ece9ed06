package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.Person;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import java.util.Optional;

/**
 * A command that has been read: what is to be run, with which arguments.
 *
 * @param confirmed on how many nodes it is meant to be run, if that was said
 * @param free whether it was typed in another order than the usage's, and so had to be understood
 */
public record ParsedCommand(
    CommandRequest asked,
    Person person,
    Command command,
    Invocation invocation,
    Optional<Integer> confirmed,
    boolean free) {

  /** The same with other arguments. */
  ParsedCommand with(Arguments changed) {
    return new ParsedCommand(
        asked,
        person,
        command,
        new Invocation(changed, ArgumentReader.canonical(command.declaration(), changed)),
        confirmed,
        free);
  }

  Arguments arguments() {
    return invocation.arguments();
  }

  /** The right it needs. */
  String permission() {
    return command.right(arguments()).permission();
  }
}
