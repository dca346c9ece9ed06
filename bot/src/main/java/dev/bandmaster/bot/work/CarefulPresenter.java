package dev.bandmaster.bot.work;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's presenter that cannot hold a job up: where it fails, the answer is shown as the node
 * gave it. A job has to end, and its end has to be told, whatever a plugin does.
 */
record CarefulPresenter(Presenter presenter) implements Presenter {
  private static final Logger LOG = LoggerFactory.getLogger(CarefulPresenter.class);

  @Override
  public String describe(NodeOutcome outcome) {
    try {
      return presenter.describe(outcome);
    } catch (RuntimeException e) {
      LOG.error("The answer of {} could not be put into words", outcome.node(), e);
      return Presenter.PLAIN.describe(outcome);
    }
  }

  @Override
  public List<String> summary(List<NodeOutcome> outcomes) {
    try {
      return presenter.summary(outcomes);
    } catch (RuntimeException e) {
      LOG.error("The answers could not be summed up", e);
      return List.of();
    }
  }
}
