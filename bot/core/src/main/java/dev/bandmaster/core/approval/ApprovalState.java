package dev.bandmaster.core.approval;

import dev.bandmaster.core.chat.UserRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of a request that changes.
 *
 * @param status how far it has come
 * @param version how often it has changed; a change names the version it was made from
 * @param votes one for each person, the oldest first
 * @param note a sentence on how it ended or what keeps it, or empty
 * @param decided when the last of those who were needed agreed, or when it ended otherwise
 * @param reminded whether people were reminded
 * @param started whether somebody has started what was held
 * @param successor id of the request that takes its place
 */
public record ApprovalState(
    ApprovalStatus status,
    long version,
    List<Vote> votes,
    String note,
    Optional<Instant> decided,
    boolean reminded,
    boolean started,
    Optional<String> successor) {

  /** The state of a request nobody has voted on. */
  public static final ApprovalState ASKED =
      new ApprovalState(
          ApprovalStatus.PENDING,
          1,
          List.of(),
          "",
          Optional.empty(),
          false,
          false,
          Optional.empty());

  public ApprovalState {
    votes = List.copyOf(votes);
  }

  /** The votes that count. */
  public List<Vote> standing() {
    return votes.stream().filter(vote -> !vote.withdrawn()).toList();
  }

  /** Those who agree. */
  public List<Vote> yes() {
    return standing().stream().filter(Vote::yes).toList();
  }

  /** Those who do not. */
  public List<Vote> no() {
    return standing().stream().filter(vote -> !vote.yes()).toList();
  }

  /** A person's vote that counts, under whichever of their ids it was given. */
  public Optional<Vote> voteOf(UserRef person) {
    return standing().stream().filter(vote -> vote.voter().maybeSame(person)).findFirst();
  }

  /** The same state with these votes. */
  public ApprovalState with(List<Vote> newVotes) {
    return new ApprovalState(
        status, version, newVotes, note, decided, reminded, started, successor);
  }

  /** The same state with one more vote, in the place of an earlier one of the same person. */
  ApprovalState with(Vote vote) {
    List<Vote> all = new ArrayList<>(votes);
    all.removeIf(earlier -> earlier.voter().maybeSame(vote.voter()));
    all.add(vote);
    return with(all);
  }

  /** The same state in another status, for this reason. */
  ApprovalState in(ApprovalStatus newStatus, String newNote, Instant now) {
    return new ApprovalState(
        newStatus,
        version,
        votes,
        newNote,
        newStatus == ApprovalStatus.PENDING ? Optional.empty() : decided.or(() -> Optional.of(now)),
        reminded,
        started && newStatus != ApprovalStatus.PENDING,
        successor);
  }

  ApprovalState afterReminder() {
    return new ApprovalState(status, version, votes, note, decided, true, started, successor);
  }

  ApprovalState replacedBy(String id) {
    return new ApprovalState(
        status, version, votes, note, decided, reminded, started, Optional.of(id));
  }

  ApprovalState startedBy(String name) {
    return new ApprovalState(
        status, version, votes, "Started by " + name + ".", decided, reminded, true, successor);
  }

  ApprovalState changed() {
    return new ApprovalState(
        status, version + 1, votes, note, decided, reminded, started, successor);
  }
}
