package dev.bandmaster.core.approval;

import dev.bandmaster.core.chat.UserRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One person's word on one request. A person has one; taken back, it can be given again.
 *
 * @param voter who, by ids
 * @param name the name at that time, to show
 * @param yes whether they agree
 * @param at when
 * @param reason why not, or empty; at most {@value #LONGEST_REASON} characters
 * @param groupsAge how old the knowledge of the person's groups was
 * @param counts the requirements that the person can help to fulfil, by their position
 * @param withdrawn whether it does not count any more
 */
public record Vote(
    UserRef voter,
    String name,
    boolean yes,
    Instant at,
    String reason,
    Optional<Duration> groupsAge,
    Set<Integer> counts,
    boolean withdrawn) {

  /** Characters of a reason that are kept; who has more to say says it in the thread. */
  public static final int LONGEST_REASON = 500;

  public Vote {
    reason = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    counts = Set.copyOf(counts);
  }

  /** The same vote, of somebody whose canonical ids are these. */
  public Vote by(UserRef canonical) {
    return new Vote(canonical, name, yes, at, reason, groupsAge, counts, withdrawn);
  }

  /**
   * Of several votes that one person gave under several ids the one that counts is kept: a no
   * before a yes, a yes before what was taken back.
   */
  public static List<Vote> onePerPerson(List<Vote> votes) {
    Map<UserRef, Vote> kept = new LinkedHashMap<>();
    for (Vote vote : votes) {
      kept.merge(vote.voter(), vote, (one, other) -> other.weight() > one.weight() ? other : one);
    }
    return List.copyOf(kept.values());
  }

  private int weight() {
    if (withdrawn) {
      return 0;
    }
    return yes ? 1 : 2;
  }

  /** The same vote, which does not count any more. */
  public Vote takenBack() {
    return new Vote(voter, name, yes, at, reason, groupsAge, counts, true);
  }
}
