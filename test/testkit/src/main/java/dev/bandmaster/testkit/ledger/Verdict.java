package dev.bandmaster.testkit.ledger;

import java.time.Duration;
import java.util.List;

/**
 * What became of the commands of a run.
 *
 * @param faults how many were injected
 * @param asked how many commands were given
 * @param unacknowledged commands that Slack was never told had arrived; nothing is promised of them
 * @param lost a sentence for each acknowledged command without an end, or with an end that claims
 *     more than was done
 * @param unexpected a sentence for each effect that nobody asked for
 * @param duplicated a sentence for each effect that happened more than once, and for each command
 *     that became more than one job
 * @param repeatedPosts messages that are in Slack twice; allowed, but counted
 * @param recovered commands that a fault struck between the question and the end
 * @param slowestRecovery the longest time from such a fault to the end of the command it struck
 */
public record Verdict(
    int faults,
    int asked,
    int unacknowledged,
    List<String> lost,
    List<String> unexpected,
    List<String> duplicated,
    int repeatedPosts,
    int recovered,
    Duration slowestRecovery) {
  public Verdict {
    lost = List.copyOf(lost);
    unexpected = List.copyOf(unexpected);
    duplicated = List.copyOf(duplicated);
  }

  /** Whether what is promised was kept. */
  public boolean isKept() {
    return lost.isEmpty() && unexpected.isEmpty() && duplicated.isEmpty();
  }
}
