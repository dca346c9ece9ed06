package dev.bandmaster.engine.view;

import dev.bandmaster.engine.clock.OnceLog;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import java.util.Objects;

/**
 * A plugin's presenter that cannot hold a job up: where it fails, the answer is shown as the node
 * gave it. A job has to end, and its end has to be told, whatever a plugin does.
 */
record SafePresenter(Presenter presenter, long job, OnceLog log) implements Presenter {
  /** Slack takes no more in a message. */
  private static final int MOST_CHARTS = 2;

  @Override
  public String describe(NodeOutcome outcome) {
    try {
      return Objects.requireNonNull(presenter.describe(outcome), "the presenter gave no text");
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      log.error("The presenter of job %d failed".formatted(job), e);
      return Presenter.PLAIN.describe(outcome);
    }
  }

  @Override
  public List<String> summary(List<NodeOutcome> outcomes) {
    try {
      return List.copyOf(presenter.summary(outcomes));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      log.error("The summary of job %d failed".formatted(job), e);
      return List.of();
    }
  }

  @Override
  public List<Message.Chart> charts(List<NodeOutcome> outcomes) {
    try {
      return presenter.charts(outcomes).stream().limit(MOST_CHARTS).toList();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      log.error("The charts of job %d failed".formatted(job), e);
      return List.of();
    }
  }
}
