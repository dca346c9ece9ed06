package dev.bandmaster.core.approval;

import dev.bandmaster.core.chat.UserRef;
import java.util.Optional;
import java.util.Set;

/** What can happen to a request. */
public sealed interface ApprovalEvent {

  /**
   * Somebody who may has voted.
   *
   * @param look what a fresh look at everything has shown, in case this is the last vote needed
   */
  record Voted(Vote vote, RecheckResult look) implements ApprovalEvent {}

  /** Somebody takes a vote back. */
  record Withdrawn(UserRef voter) implements ApprovalEvent {}

  /** Somebody wants it to begin: what was held, or what was kept from beginning. */
  record Started(String by, RecheckResult look) implements ApprovalEvent {}

  /** The job's turn has come: it begins in the same commit, or not at all. */
  record Begins(RecheckResult look) implements ApprovalEvent {}

  /** It is not wanted any more. */
  record Cancelled(String by) implements ApprovalEvent {}

  /**
   * What would be done has changed.
   *
   * @param successor id of the request that takes its place, if there is one
   */
  record Superseded(String reason, Optional<String> successor) implements ApprovalEvent {}

  /**
   * Time has passed.
   *
   * @param obstacle a sentence on what keeps a job from beginning that all have agreed to
   */
  record TimePassed(Optional<String> obstacle) implements ApprovalEvent {
    /** With nothing in the way. */
    public TimePassed() {
      this(Optional.empty());
    }
  }

  /**
   * What holds at the moment at which the job would be let go.
   *
   * @param barred voters who may not agree any more
   * @param obstacle a sentence on why it may not begin although all agree: a freeze, or the
   *     requester has lost the right
   */
  record RecheckResult(Set<UserRef> barred, Optional<String> obstacle) {
    /** Nothing stands against it. */
    public static final RecheckResult CLEAR = new RecheckResult(Set.of(), Optional.empty());

    public RecheckResult {
      barred = Set.copyOf(barred);
    }
  }
}
