package dev.bandmaster.acl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A decision with everything that led to it.
 *
 * @param verdicts what each rule said, in file order
 * @param nearest the rule that would allow it and fits best, when nothing allows it
 * @param groupsAge how old the knowledge of the person's groups was
 */
public record Explanation(
    Request request,
    Decision decision,
    List<Verdict> verdicts,
    Optional<Verdict> nearest,
    Optional<Duration> groupsAge) {

  /** One rule and why it does not apply; it applies when nothing mismatches. */
  public record Verdict(Rule rule, List<Mismatch> mismatches) {
    public Verdict {
      mismatches = List.copyOf(mismatches);
    }

    public boolean applies() {
      return mismatches.isEmpty();
    }
  }

  public Explanation {
    verdicts = List.copyOf(verdicts);
  }
}
