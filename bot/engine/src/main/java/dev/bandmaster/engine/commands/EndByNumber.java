package dev.bandmaster.engine.commands;

import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ends something before its time that people call by a number, such as a freeze or a silence. It
 * needs its right where that thing holds.
 *
 * @param thing what it is called; the parameter has the same name
 * @param elsewhere a sentence on where those that there are can be seen
 * @param find those that have not ended
 * @param where environment and application it is about, under a permission that is not looked at
 * @param end ends it
 */
public record EndByNumber<T>(
    String thing,
    String elsewhere,
    Function<Long, Optional<T>> find,
    Function<T, Right> where,
    Function<T, Command.Outcome> end)
    implements Command.ActionHandler {

  /** The command's declaration. */
  public static CommandDeclaration declaration(String name, String summary, String thing) {
    return new CommandDeclaration(
        name,
        List.of(),
        summary,
        List.of(
            Parameter.positional(thing, new Parameter.Type.Job(), "the " + thing + "'s number")),
        List.of(name + " 3"));
  }

  @Override
  public Right right(String permission, Arguments arguments) {
    return found(arguments)
        .map(where)
        .map(right -> right.to(permission))
        .orElseGet(() -> new Right(permission, "", ""));
  }

  @Override
  public Optional<String> missing(Arguments arguments) {
    return found(arguments).isPresent()
        ? Optional.empty()
        : Optional.of("There is no %s %s. %s".formatted(thing, arguments.word(thing), elsewhere));
  }

  @Override
  public Command.Outcome of(Asker asker, Arguments arguments) {
    return found(arguments)
        .map(end)
        .orElseGet(
            () -> new Command.Outcome.Refused("That %s has already ended.".formatted(thing)));
  }

  private Optional<T> found(Arguments arguments) {
    return Numbers.named(arguments, thing).flatMap(find);
  }
}
