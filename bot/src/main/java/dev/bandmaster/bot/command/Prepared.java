package dev.bandmaster.bot.command;

import dev.bandmaster.bot.job.Right;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.plugin.Planned;
import java.util.List;

/**
 * A command with its plan.
 *
 * @param presenter name of the command in whose words the nodes' answers are shown
 * @param right what it needs on the nodes
 * @param changes what is to be kept together with its job
 */
record Prepared(
    Authorised authorised, Planned.Work work, String presenter, Right right, List<Change> changes) {
  Prepared {
    changes = List.copyOf(changes);
  }

  Prepared with(Planned.Work newWork) {
    return new Prepared(authorised, newWork, presenter, right, changes);
  }
}
