package dev.bandmaster.standard.codeupdate;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;

/**
 * Shows a deploy's own sentence, or that of a start or a stop, and what was printed only where
 * something went wrong.
 */
public final class DeployPresenter implements Presenter {
  @Override
  public String describe(NodeOutcome outcome) {
    return outcome.status() == NodeStatus.OK && !outcome.message().isEmpty()
        ? outcome.message()
        : Presenter.PLAIN.describe(outcome);
  }
}
