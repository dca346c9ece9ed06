package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.Person;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import java.util.Optional;

/**
 * A command that has been read: what is to be run, with which arguments.
 *
 * @param confirmed on how many nodes it is meant to be run, if that was said
 */
public record ParsedCommand(
    CommandRequest asked,
    Person person,
    Command command,
    Invocation invocation,
    Optional<Integer> confirmed) {

  Arguments arguments() {
    return invocation.arguments();
  }

  /** The right it needs. */
  String permission() {
    return command.right(arguments()).permission();
  }
}
