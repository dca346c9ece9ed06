package dev.bandmaster.standard.ping;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import java.util.Comparator;
import java.util.List;

/** Shows who answered, and the latencies together rather than node by node. */
final class PingPresenter implements Presenter {

  @Override
  public String describe(NodeOutcome outcome) {
    return outcome.status() == NodeStatus.OK ? "pong" : Presenter.PLAIN.describe(outcome);
  }

  @Override
  public List<String> summary(List<NodeOutcome> outcomes) {
    List<NodeOutcome> answered =
        outcomes.stream()
            .filter(outcome -> outcome.status() == NodeStatus.OK)
            .sorted(Comparator.comparing(NodeOutcome::latency))
            .toList();
    if (answered.isEmpty()) {
      return List.of();
    }
    NodeOutcome slowest = answered.getLast();
    return List.of(
        "latency: min %d ms · median %d ms · p99 %d ms · slowest %s"
            .formatted(
                millis(answered.getFirst()),
                millis(atQuantile(answered, 0.5)),
                millis(atQuantile(answered, 0.99)),
                slowest.node()));
  }

  /** The nearest-rank quantile: the smallest value with at least that share at or below it. */
  private static NodeOutcome atQuantile(List<NodeOutcome> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  private static long millis(NodeOutcome outcome) {
    return outcome.latency().toMillis();
  }
}
