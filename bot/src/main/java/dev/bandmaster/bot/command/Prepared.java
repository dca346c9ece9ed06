package dev.bandmaster.bot.command;

import dev.bandmaster.bot.job.Right;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.plugin.Planned;
import java.util.List;
import java.util.Optional;

/**
 * A command with its plan.
 *
 * @param presenter name of the command in whose words the nodes' answers are shown
 * @param right what it needs on the nodes
 * @param changes what is to be kept together with its job
 * @param freeze a sentence on the freeze that stands now, or empty
 * @param asking the request for approval that it becomes, if it has to be approved
 */
record Prepared(
    Authorised authorised,
    Planned.Work work,
    String presenter,
    Right right,
    List<Change> changes,
    String freeze,
    Optional<Asking> asking) {
  Prepared {
    changes = List.copyOf(changes);
  }

  static Prepared of(
      Authorised authorised,
      Planned.Work work,
      String presenter,
      Right right,
      List<Change> changes) {
    return new Prepared(authorised, work, presenter, right, changes, "", Optional.empty());
  }

  Prepared with(Planned.Work newWork) {
    return new Prepared(authorised, newWork, presenter, right, changes, freeze, asking);
  }

  Prepared with(Authorised newAuthorised) {
    return new Prepared(newAuthorised, work, presenter, right, changes, freeze, asking);
  }

  /** The same, which would be kept from beginning now. */
  Prepared during(String newFreeze) {
    return new Prepared(authorised, work, presenter, right, changes, newFreeze, asking);
  }

  Prepared asking(Asking newAsking) {
    return new Prepared(
        authorised, work, presenter, right, changes, freeze, Optional.of(newAsking));
  }
}
