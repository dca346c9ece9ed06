package dev.bandmaster.standard.ping;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import java.util.Comparator;
import java.util.List;

/** Shows who answered, and the latencies together rather than node by node. */
final class PingPresenter implements Presenter {

  /** Nodes from which on a 99th percentile says something that the slowest does not. */
  private static final int MANY = 100;

  /** Bars of the chart: the slowest, which are the ones to look at. */
  private static final int MOST_BARS = 20;

  /** A chart of fewer bars says no more than the line above it. */
  private static final int FEWEST_BARS = 3;

  @Override
  public String describe(NodeOutcome outcome) {
    return outcome.status() == NodeStatus.OK ? "pong" : Presenter.PLAIN.describe(outcome);
  }

  @Override
  public List<String> summary(List<NodeOutcome> outcomes) {
    List<NodeOutcome> answered = answered(outcomes);
    if (answered.isEmpty()) {
      return List.of();
    }
    NodeOutcome slowest = answered.getLast();
    if (answered.size() == 1) {
      return List.of("latency: %d ms".formatted(millis(slowest)));
    }
    String words =
        "latency: min %d ms · median %d ms"
            .formatted(millis(answered.getFirst()), millis(atQuantile(answered, 0.5)));
    if (answered.size() >= MANY) {
      words += " · p99 %d ms".formatted(millis(atQuantile(answered, 0.99)));
    }
    return List.of(words + " · max %d ms (%s)".formatted(millis(slowest), slowest.node()));
  }

  @Override
  public List<Message.Chart> charts(List<NodeOutcome> outcomes) {
    List<NodeOutcome> slowest = answered(outcomes).reversed().stream().limit(MOST_BARS).toList();
    if (slowest.size() < FEWEST_BARS) {
      return List.of();
    }
    String title =
        slowest.size() < answered(outcomes).size()
            ? "Latency of the %d slowest nodes".formatted(slowest.size())
            : "Latency";
    return List.of(
        new Message.Chart(
            title,
            "ms",
            slowest.stream()
                .map(outcome -> new Message.Bar(outcome.node(), millis(outcome)))
                .toList(),
            List.of()));
  }

  /** Those who answered, the quickest first. */
  private static List<NodeOutcome> answered(List<NodeOutcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.status() == NodeStatus.OK)
        .sorted(Comparator.comparing(NodeOutcome::latency).thenComparing(NodeOutcome::node))
        .toList();
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
