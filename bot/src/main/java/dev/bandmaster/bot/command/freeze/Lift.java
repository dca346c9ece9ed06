package dev.bandmaster.bot.command.freeze;

import dev.bandmaster.bot.command.Command;
import dev.bandmaster.bot.command.Command.Outcome;
import dev.bandmaster.bot.command.EndByNumber;
import dev.bandmaster.bot.freeze.Freeze;
import dev.bandmaster.bot.job.Right;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.DeclaredFreezes;
import dev.bandmaster.bot.work.ObstacleWords;
import java.util.List;
import java.util.Optional;

/** {@code unfreeze}: lifts what a person declared. Needs the right where nothing was deployed. */
final class Lift {
  private static final String FREEZE = "freeze";

  private Lift() {}

  static Command command(DeclaredFreezes freezes, ObstacleWords inWords) {
    return new Command.Deed(
        EndByNumber.declaration("unfreeze", "lifts a freeze", FREEZE),
        new EndByNumber<>(
            FREEZE,
            "'freezes' lists them; those with a name stand in the configuration.",
            number -> find(freezes, number),
            Lift::where,
            declared ->
                Outcome.done(
                    "Lifted. It was: " + inWords.whole(declared.freeze()),
                    new Change.LiftFreeze(declared.number()))));
  }

  /** A freeze of a person, and its number. */
  private record Declared(long number, Freeze freeze) {}

  private static Optional<Declared> find(DeclaredFreezes freezes, long number) {
    return freezes.all().stream()
        .filter(freeze ->
            freeze.origin() instanceof Freeze.Origin.Person(long own, var _, var _)
                && own == number)
        .findFirst()
        .map(freeze -> new Declared(number, freeze));
  }

  private static Right where(Declared declared) {
    return new Right(
        "",
        only(declared.freeze().scope().environments()),
        only(declared.freeze().scope().applications()));
  }

  private static String only(List<String> names) {
    return names.stream().findFirst().orElse("");
  }
}
