package dev.bandmaster.engine.view;

import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Spans;
import java.util.ArrayList;
import java.util.List;

/** In which steps something would be done, as a line. */
final class RolloutText {
  private RolloutText() {}

  /**
   * For instance {@code in batches of 1, 3 × 25, 8; 30 s to look after each, then deploy.health;
   * stops when more than 2 nodes fail}.
   */
  static String of(Planned.Work work) {
    Rollout rollout = work.rollout();
    List<Integer> sizes = rollout.steps(work.reach().nodes()).stream().map(List::size).toList();
    if (sizes.size() == 1) {
      return sizes.getFirst() == 1 ? "on one node" : "on all nodes at once";
    }
    StringBuilder words = new StringBuilder("in batches of ").append(counted(sizes));
    if (rollout.pause().isPositive()) {
      words.append("; ").append(Spans.words(rollout.pause())).append(" pause after each");
    }
    rollout
        .check()
        .ifPresent(check ->
            words
                .append("; after each ")
                .append(check.capability())
                .append('.')
                .append(check.action())
                .append(" check"));
    int failures = rollout.failures().of(work.reach().nodes().size());
    return words
        .append("; stops ")
        .append(
            failures == 0
                ? "at the first failure"
                : "when more than %d node%s fail".formatted(failures, failures == 1 ? "" : "s"))
        .toString();
  }

  /** Equal numbers that follow each other as one: {@code 1, 3 × 25, 8}. */
  private static String counted(List<Integer> sizes) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int at = 1; at <= sizes.size(); at++) {
      if (at == sizes.size() || !sizes.get(at).equals(sizes.get(from))) {
        int times = at - from;
        words.add(times == 1 ? sizes.get(from).toString() : times + " × " + sizes.get(from));
        from = at;
      }
    }
    return String.join(", ", words);
  }
}
