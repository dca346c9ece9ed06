package dev.bandmaster.core.approval;

import java.util.List;

/**
 * How far votes go.
 *
 * @param given for each requirement, how many people count for it
 * @param wanted for each requirement, how many must
 */
public record Tally(List<Integer> given, List<Integer> wanted) {
  public Tally {
    given = List.copyOf(given);
    wanted = List.copyOf(wanted);
  }

  /** Whether nobody else has to agree. */
  public boolean isComplete() {
    return given.equals(wanted);
  }

  /** How many people count. */
  public int people() {
    return given.stream().mapToInt(Integer::intValue).sum();
  }

  /** How many people must. */
  public int all() {
    return wanted.stream().mapToInt(Integer::intValue).sum();
  }
}
