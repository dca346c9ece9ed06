package dev.bandmaster.store;

import dev.bandmaster.core.job.NodeStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps of a node's work as text: a line for each, with the milliseconds from which and to
 * which it was reported, its name and its note, set apart by tabs. A name or note holds neither tab
 * nor line end. What cannot be read is left out: steps are only shown, and a job goes on without.
 */
final class NodeStepLines {

  private NodeStepLines() {}

  static String write(List<NodeStep> steps) {
    return steps.stream()
        .map(step ->
            "%d\t%d\t%s\t%s"
                .formatted(
                    step.from().toMillis(),
                    step.to().toMillis(),
                    step.name().replace('\t', ' '),
                    step.note().replace('\t', ' ')))
        .collect(Collectors.joining("\n"));
  }

  static List<NodeStep> read(String text) {
    List<NodeStep> steps = new ArrayList<>();
    text.lines()
        .forEach(line -> {
          List<String> parts = List.of(line.split("\t", 4));
          if (parts.size() == 4 && isMillis(parts.get(0)) && isMillis(parts.get(1))) {
            steps.add(
                new NodeStep(
                    parts.get(2),
                    parts.get(3),
                    Duration.ofMillis(Long.parseLong(parts.get(0))),
                    Duration.ofMillis(Long.parseLong(parts.get(1)))));
          }
        });
    return steps;
  }

  private static boolean isMillis(String text) {
    return text.matches("[0-9]{1,15}");
  }
}
