package dev.bandmaster.core.approval;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request for approval: one for each job that waits for it. People call it by the job's number.
 *
 * @param id a UUIDv7; with the beginning of the digest, all that a button carries
 * @param job id of the job that waits
 * @param number the job's number
 * @param right what is to be done where
 * @param canonical the command in its canonical spelling
 * @param digest of exactly what is to be done, see {@link Digest}
 * @param requester who asked; never one of those who agree
 * @param requesterName the name to show
 * @param place where it was asked
 * @param snapshot what the policy asked for
 * @param created when it was asked
 * @param expires when it is too late to vote
 * @param supersedes id of the request whose place it takes
 * @param ends id of a paused job whose place the job takes; that ends when this one is let go
 * @param state the part that changes
 */
public record Approval(
    String id,
    String job,
    long number,
    Right right,
    String canonical,
    String digest,
    UserRef requester,
    String requesterName,
    ConversationRef place,
    Snapshot snapshot,
    Instant created,
    Instant expires,
    Optional<String> supersedes,
    Optional<String> ends,
    ApprovalState state) {

  /** Digits of a digest that a person or a button names. */
  public static final int SHORT_DIGEST = 12;

  /** What the outbox ids of messages about requests begin with. */
  private static final String MESSAGE = "approval:";

  public Approval {
    if (!expires.isAfter(created)) {
      throw new IllegalArgumentException("a request needs time to be read");
    }
  }

  /**
   * A request for a job that was planned and awaits it.
   *
   * @param patience how long people have to vote
   * @param supersedes the earlier request that it takes the place of
   */
  public static Approval of(
      String id, Job job, Snapshot snapshot, Duration patience, Optional<String> supersedes) {
    return new Approval(
        id,
        job.id(),
        job.number(),
        job.right(),
        job.canonical(),
        Digest.of(job),
        job.asker(),
        job.askerName(),
        job.place(),
        snapshot,
        job.created(),
        job.created().plus(patience),
        supersedes,
        Optional.empty(),
        ApprovalState.ASKED);
  }

  /** The same, which ends a paused job when it is let go. */
  public Approval ending(Optional<String> paused) {
    return with(paused, state);
  }

  /** The same, asked by somebody whose canonical ids are these. */
  public Approval by(UserRef requesterIds) {
    return new Approval(
        id,
        job,
        number,
        right,
        canonical,
        digest,
        requesterIds,
        requesterName,
        place,
        snapshot,
        created,
        expires,
        supersedes,
        ends,
        state);
  }

  public Approval with(ApprovalState newState) {
    return with(ends, newState);
  }

  private Approval with(Optional<String> newEnds, ApprovalState newState) {
    return new Approval(
        id,
        job,
        number,
        right,
        canonical,
        digest,
        requester,
        requesterName,
        place,
        snapshot,
        created,
        expires,
        supersedes,
        newEnds,
        newState);
  }

  /** The beginning of the digest. */
  public String shortDigest() {
    return digest.substring(0, SHORT_DIGEST);
  }

  /** The outbox id of the job's message, which is this request's as well. */
  public String messageId() {
    return Job.messageId(job);
  }

  /** Whether somebody may still vote. */
  public boolean isOpen(Instant now) {
    return state.status() == ApprovalStatus.PENDING && now.isBefore(expires);
  }

  /** Whether all have agreed and somebody has to start it. */
  public boolean isHeld() {
    return state.status() == ApprovalStatus.APPROVED && snapshot.hold() && !state.started();
  }

  /** How far the votes go. */
  public Tally tally() {
    return Electorate.tally(
        snapshot.requirements(), state.yes().stream().map(Vote::counts).toList());
  }

  /** When it is too late to begin, once all have agreed. */
  public Optional<Instant> dispatchBefore() {
    return state.status() == ApprovalStatus.APPROVED
        ? state.decided().map(when -> when.plus(snapshot.dispatchWithin()))
        : Optional.empty();
  }

  /** When people are reminded: once half of the time is over. */
  public Optional<Instant> reminder() {
    return snapshot.remind() && !state.reminded() && state.status() == ApprovalStatus.PENDING
        ? Optional.of(created.plus(Duration.between(created, expires).dividedBy(2)))
        : Optional.empty();
  }

  /** When time alone changes something, unless something else happens before. */
  public Optional<Instant> due() {
    return switch (state.status()) {
      case PENDING ->
          Stream.concat(Stream.of(expires), reminder().stream()).min(Instant::compareTo);
      case APPROVED -> dispatchBefore();
      case DENIED, EXPIRED, CANCELLED, SUPERSEDED, DISPATCHED, LAPSED -> Optional.empty();
    };
  }

  /** Until when the very same may be done again without asking again. */
  public Optional<Instant> reusableUntil() {
    return state.status() == ApprovalStatus.DISPATCHED
        ? snapshot.reuseFor().flatMap(span -> state.decided().map(when -> when.plus(span)))
        : Optional.empty();
  }

  /** The outbox id of a message about the request, beside the job's own. */
  public String messageId(String what) {
    return "%s%s:%d:%s".formatted(MESSAGE, id, state.version(), what);
  }

  /** The id of the request that an item of the outbox is about, if it is about one. */
  public static Optional<String> ofMessage(String item) {
    return item.startsWith(MESSAGE)
        ? Optional.of(item.substring(MESSAGE.length()).split(":", 2)[0])
        : Optional.empty();
  }
}
