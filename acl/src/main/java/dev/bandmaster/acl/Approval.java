package dev.bandmaster.acl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a rule with the effect "approve" asks for.
 *
 * @param requirements all of these, each by people of its own; never empty
 * @param denials how many of those who may agree end it by saying no
 * @param expires how long it waits for them, if the rule says so
 * @param hold whether someone has to start it after approval
 * @param reuseFor how long the same job may be repeated without a new approval
 */
public record Approval(
    List<Requirement> requirements,
    int denials,
    Optional<Duration> expires,
    boolean hold,
    Optional<Duration> reuseFor) {

  public Approval {
    requirements = List.copyOf(requirements);
    if (requirements.isEmpty()) {
      throw new IllegalArgumentException("an approval needs at least one approver");
    }
    if (denials < 1 || denials > Requirement.MOST) {
      throw new IllegalArgumentException("a rejection needs at least one vote");
    }
  }

  /** So many of these people, and nothing else. */
  public static Approval of(Who approvers, int count) {
    return new Approval(
        List.of(new Requirement(approvers, count)), 1, Optional.empty(), false, Optional.empty());
  }

  /** As in a sentence: {@code 1 of group sre and 1 of group owners}. */
  public String inWords() {
    return requirements.stream().map(Requirement::inWords).collect(Collectors.joining(" and "));
  }

  /** How many people it takes at least; nobody counts twice. */
  public int people() {
    return requirements.stream().mapToInt(Requirement::count).sum();
  }
}
