package dev.bandmaster.core.approval;

import dev.bandmaster.acl.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the policy asked for when the request was made; a later policy does not change it.
 *
 * @param rules ids of the rules that decided
 * @param policy hash of the policy
 * @param requirements who must agree; never empty
 * @param denials how many of them end it by saying no
 * @param dispatchWithin from the last yes until it has to have begun
 * @param remind whether people are reminded once half of the time is over
 * @param hold whether somebody has to start it once it is approved
 * @param reuseFor for how long the same may be done again without asking again
 * @param freeze a sentence on what froze the environment at the time, or empty
 * @param isProtected whether the environment is protected
 */
public record Snapshot(
    List<String> rules,
    String policy,
    List<Requirement> requirements,
    int denials,
    Duration dispatchWithin,
    boolean remind,
    boolean hold,
    Optional<Duration> reuseFor,
    String freeze,
    boolean isProtected) {

  public Snapshot {
    rules = List.copyOf(rules);
    requirements = List.copyOf(requirements);
    if (requirements.isEmpty()) {
      throw new IllegalArgumentException("an approval needs somebody who may give it");
    }
    if (denials < 1) {
      throw new IllegalArgumentException("it takes at least one no to end it");
    }
  }

  /** How many people it takes; nobody counts twice. */
  public int people() {
    return requirements.stream().mapToInt(Requirement::count).sum();
  }
}
