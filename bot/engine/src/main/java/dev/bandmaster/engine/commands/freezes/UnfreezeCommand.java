package dev.bandmaster.engine.commands.freezes;

import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeclaredFreezes;
import dev.bandmaster.engine.commands.EndByNumber;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.StartConditionText;
import java.util.List;
import java.util.Optional;

/** {@code unfreeze}: lifts what a person declared. Needs the right where nothing was deployed. */
final class UnfreezeCommand {
  private static final String FREEZE = "freeze";

  private UnfreezeCommand() {}

  static Command command(DeclaredFreezes freezes, StartConditionText inWords) {
    return new Command.ActionCommand(
        EndByNumber.declaration("unfreeze", "lifts a freeze", FREEZE),
        new EndByNumber<>(
            FREEZE,
            "To list them: `freezes`. Freezes with a name are in the configuration.",
            number -> find(freezes, number),
            UnfreezeCommand::where,
            declared ->
                Outcome.done(
                    "Lifted: " + inWords.whole(declared.freeze()),
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
