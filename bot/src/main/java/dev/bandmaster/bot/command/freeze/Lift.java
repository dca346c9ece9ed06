package dev.bandmaster.bot.command.freeze;

import dev.bandmaster.bot.command.Asker;
import dev.bandmaster.bot.command.Command;
import dev.bandmaster.bot.command.Command.Outcome;
import dev.bandmaster.bot.freeze.Freeze;
import dev.bandmaster.bot.freeze.Scope;
import dev.bandmaster.bot.job.Right;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.DeclaredFreezes;
import dev.bandmaster.bot.work.ObstacleWords;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;

/** {@code unfreeze}: lifts what a person declared. Needs the right where nothing was deployed. */
final class Lift implements Command.Doing {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "unfreeze",
          List.of(),
          "lifts a freeze",
          List.of(Parameter.positional("freeze", new Parameter.Type.Job(), "the freeze's number")),
          List.of("unfreeze 3"));

  private final DeclaredFreezes freezes;
  private final ObstacleWords inWords;

  Lift(DeclaredFreezes freezes, ObstacleWords inWords) {
    this.freezes = freezes;
    this.inWords = inWords;
  }

  @Override
  public Right right(String permission, Arguments arguments) {
    Scope scope = find(arguments).map(Freeze::scope).orElse(new Scope(List.of(), List.of()));
    return new Right(permission, only(scope.environments()), only(scope.applications()));
  }

  private static String only(List<String> names) {
    return names.stream().findFirst().orElse("");
  }

  @Override
  public Optional<String> missing(Arguments arguments) {
    return find(arguments).isPresent()
        ? Optional.empty()
        : Optional.of(
            "There is no freeze %s. 'freezes' lists them; those with a name stand in the configuration."
                .formatted(arguments.word("freeze")));
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    return find(arguments)
        .<Outcome>map(freeze ->
            Outcome.done(
                "Lifted. It was: " + inWords.whole(freeze),
                new Change.LiftFreeze(number(arguments).orElseThrow())))
        .orElseGet(() -> new Outcome.Refused("That freeze is over already."));
  }

  private Optional<Freeze> find(Arguments arguments) {
    return number(arguments)
        .flatMap(number ->
            freezes.all().stream()
                .filter(freeze ->
                    freeze.origin() instanceof Freeze.Origin.Person(long own, var _, var _)
                        && own == number)
                .findFirst());
  }

  /** None if the word is no number, as it may be in a {@code why}. */
  private static Optional<Long> number(Arguments arguments) {
    return arguments
        .find("freeze")
        .filter(word -> word.matches("[0-9]{1,15}"))
        .map(Long::parseLong);
  }
}
