package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.NodeStep;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long a job's nodes and their steps took, the slowest first. */
public final class TimingText {

  /** Nodes in the chart and in the plain list. */
  private static final int MOST_NODES = 20;

  private TimingText() {}

  /** The answer to {@code job 81 --timing}. */
  public static Message of(Job job) {
    List<NodeWork> begun =
        job.state().nodes().values().stream()
            .filter(work -> work.status() != NodeStatus.WAITING)
            .sorted(
                Comparator.comparing(NodeWork::latency).reversed().thenComparing(NodeWork::node))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            JobText.heading(JobText.sign(job.state().status()), job, job.work().title())));
    if (begun.isEmpty()) {
      blocks.add(new Message.Paragraph(Text.plain("No node has begun yet.")));
      return new Message(blocks);
    }
    List<NodeWork> slowest = begun.stream().limit(MOST_NODES).toList();
    blocks.add(
        new Message.Chart(
            slowest.size() < begun.size() ? "The slowest nodes" : "Nodes",
            "ms",
            slowest.stream()
                .map(work -> new Message.Bar(work.node(), work.latency().toMillis()))
                .toList(),
            List.of()));
    blocks.add(table(begun, slowest));
    steps(begun).ifPresent(blocks::add);
    return new Message(blocks);
  }

  private static Message.Table table(List<NodeWork> begun, List<NodeWork> slowest) {
    List<String> lines = new ArrayList<>();
    for (NodeWork work : slowest) {
      lines.add(
          "%s: %s%s"
              .formatted(
                  work.node(),
                  AnswerBlocks.words(work.latency()),
                  work.steps().isEmpty() ? "" : " (" + AnswerBlocks.durations(work) + ")"));
    }
    if (slowest.size() < begun.size()) {
      lines.add("… and %d quicker nodes.".formatted(begun.size() - slowest.size()));
    }
    return new Message.Table(
        "How long each node took",
        List.of("Node", "State", "Took", "Steps"),
        begun.stream().map(TimingText::row).toList(),
        List.of(new Message.Preformatted(String.join("\n", lines))));
  }

  private static List<Text> row(NodeWork work) {
    return List.of(
        Text.EMPTY.code(work.node()),
        Text.plain(JobText.of(work.status())),
        Text.plain(AnswerBlocks.words(work.latency())),
        Text.plain(AnswerBlocks.durations(work)));
  }

  /** The longest time that any node took for a step. */
  private static Optional<Message.Chart> steps(List<NodeWork> works) {
    Map<String, Duration> longest = new LinkedHashMap<>();
    for (NodeWork work : works) {
      for (NodeStep step : work.steps()) {
        longest.merge(
            step.name(), AnswerBlocks.took(work, step), (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    return longest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Message.Chart(
                works.size() == 1 ? "Steps" : "Steps, on the slowest node of each",
                "ms",
                longest.entrySet().stream()
                    .map(step -> new Message.Bar(step.getKey(), step.getValue().toMillis()))
                    .toList(),
                List.of()));
  }
}
