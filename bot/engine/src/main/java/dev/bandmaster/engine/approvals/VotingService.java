package dev.bandmaster.engine.approvals;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalMachine.Advanced;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Electorate;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Approvals;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.jobs.Recheck;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.Resubmission;
import dev.bandmaster.engine.pipeline.Voters;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides on requests for approval; the same for a click and for a typed command. Everything is
 * checked again, and a person whose vote does not count gets the reason. What comes of it is
 * compared with what is stored when it is committed; the slower one comes here once more and gets
 * to know who was first.
 */
public final class VotingService {

  private final Approvals approvals;
  private final Voters voters;
  private final PolicyRecheck recheck;
  private final ApprovalNotifier notifier;
  private final TimeText times;
  private final InstantSource clock;

  public VotingService(
      Approvals approvals,
      Voters voters,
      PolicyRecheck recheck,
      ApprovalNotifier notifier,
      TimeText times,
      InstantSource clock) {
    this.approvals = approvals;
    this.voters = voters;
    this.recheck = recheck;
    this.notifier = notifier;
    this.times = times;
    this.clock = clock;
  }

  public Outcome approve(Asker asker, Arguments arguments, Job job) {
    return vote(asker, job, true, "");
  }

  public Outcome reject(Asker asker, Arguments arguments, Job job) {
    return vote(asker, job, false, String.join(" ", arguments.words("reason")).strip());
  }

  private Outcome vote(Asker asker, Job job, boolean yes, String reason) {
    Optional<Approval> found = approvals.byJob(job.id());
    if (found.isEmpty()) {
      return notAsked(job);
    }
    UserRef voter = asker.person().sender();
    Instant now = clock.instant();
    Optional<String> no = closed(found.get(), now).or(() -> barred(found.get(), voter, yes));
    if (no.isPresent()) {
      return new Outcome.Refused(no.get());
    }
    return switch (voters.canonical(found.get())) {
      case Voters.Resolved.Unknown(String why) ->
          new Outcome.Refused(
              "Your vote does not count: I could not check whether you may vote. %s Try again in a minute."
                  .formatted(why));
      case Voters.Resolved.Known(Approval approval) -> vote(approval, voter, job, yes, reason, now);
    };
  }

  private Outcome vote(
      Approval approval, UserRef voter, Job job, boolean yes, String reason, Instant now) {
    Optional<String> no = barred(approval, voter, yes);
    if (no.isPresent()) {
      return new Outcome.Refused(no.get());
    }
    return switch (voters.of(approval, yes ? Voters.APPROVE : "reject", voter)) {
      case Voters.Standing.Unknown(String why) ->
          new Outcome.Refused(
              "Your vote does not count: I could not check whether you may vote. %s Try again in a minute."
                  .formatted(why));
      case Voters.Standing.MayNot(String why) -> new Outcome.Refused(why);
      case Voters.Standing.May may ->
          yes
              ? agreed(approval, job, vote(may, true, reason, now), now)
              : counted(
                  approval, vote(may, false, reason, now), RecheckResult.CLEAR, List.of(), now);
    };
  }

  private static Vote vote(Voters.Standing.May may, boolean yes, String reason, Instant now) {
    return new Vote(
        may.person().sender(),
        may.person().name(),
        yes,
        now,
        reason,
        Optional.of(may.age()),
        may.counts(),
        false);
  }

  private Outcome agreed(Approval approval, Job job, Vote vote, Instant now) {
    PolicyRecheck.Drift drift = recheck.drift(job);
    if (drift.moved().isPresent()) {
      return outdated(approval, drift.moved().get(), now);
    }
    if (!isLast(approval, vote)) {
      return counted(approval, vote, RecheckResult.CLEAR, drift.remarks(), now);
    }
    return switch (recheck.at(approval, job)) {
      case Recheck.Result.Unsure(String why) ->
          new Outcome.Refused(
              "Your vote does not count: I could not check whether all approvers still may approve. %s Try again in a minute."
                  .formatted(why));
      case Recheck.Result.Seen(RecheckResult look) ->
          counted(approval, vote, look, drift.remarks(), now);
    };
  }

  /** Whether nobody else is needed with this vote. */
  private static boolean isLast(Approval approval, Vote vote) {
    List<Set<Integer>> people =
        Stream.concat(approval.state().yes().stream(), Stream.of(vote)).map(Vote::counts).toList();
    return Electorate.tally(approval.snapshot().requirements(), people).isComplete();
  }

  private Outcome counted(
      Approval approval, Vote vote, RecheckResult look, List<String> remarks, Instant now) {
    Advanced advanced = ApprovalMachine.apply(approval, new ApprovalEvent.Voted(vote, look), now);
    List<String> words = new ArrayList<>();
    words.add("Your vote on job %d counts.".formatted(approval.number()));
    if (!advanced.state().note().isEmpty() && !advanced.state().status().isFinal()) {
      words.add(advanced.state().note());
    }
    words.addAll(remarks);
    return done(approval, advanced, String.join(" ", words), now);
  }

  /** Nobody agrees to what they have not seen. */
  private Outcome outdated(Approval approval, String moved, Instant now) {
    String sentence =
        moved + " Nothing was started. To request it again: `%s`.".formatted(approval.canonical());
    Advanced advanced =
        ApprovalMachine.apply(
            approval, new ApprovalEvent.Superseded(sentence, Optional.empty()), now);
    return new Outcome.Outdated(
        new Resubmission(approval, moved),
        new Outcome.Done(Message.sentence(sentence), notifier.of(approval, advanced, now)));
  }

  public Outcome withdraw(Asker asker, Arguments arguments, Job job) {
    Optional<Approval> found = approvals.byJob(job.id());
    if (found.isEmpty()) {
      return notAsked(job);
    }
    Instant now = clock.instant();
    UserRef voter = asker.person().sender();
    Optional<String> closed = closed(found.get(), now);
    if (closed.isPresent()) {
      return new Outcome.Refused(closed.get() + " It is too late to withdraw a vote.");
    }
    if (found.get().state().voteOf(voter).isEmpty()) {
      return new Outcome.Refused("You have not voted on job %d.".formatted(job.number()));
    }
    return done(
        found.get(),
        ApprovalMachine.apply(found.get(), new ApprovalEvent.Withdrawn(voter), now),
        "Your vote on job %d is withdrawn.".formatted(job.number()),
        now);
  }

  public Outcome start(Asker asker, Arguments arguments, Job job) {
    Optional<Approval> found = approvals.byJob(job.id());
    if (found.isEmpty()) {
      return notAsked(job);
    }
    Approval approval = found.get();
    Instant now = clock.instant();
    boolean keptBack = approval.isOpen(now) && approval.tally().isComplete();
    if (!approval.isHeld() && !keptBack) {
      return new Outcome.Refused(
          closed(approval, now)
              .orElseGet(() ->
                  "Job %d is not approved yet: %d of %d approvals."
                      .formatted(
                          approval.number(), approval.tally().people(), approval.tally().all())));
    }
    if (approval.dispatchBefore().filter(end -> !now.isBefore(end)).isPresent()) {
      return new Outcome.Refused(
          "Too late: job %d had to start by %s. To request it again: `%s`."
              .formatted(
                  approval.number(),
                  times.of(approval.dispatchBefore().get()),
                  approval.canonical()));
    }
    return switch (recheck.at(approval, job)) {
      case Recheck.Result.Unsure(String why) ->
          new Outcome.Refused(
              "Not started: I could not check whether all approvers still may approve. %s Try again in a minute."
                  .formatted(why));
      case Recheck.Result.Seen(RecheckResult look) -> {
        Advanced advanced =
            ApprovalMachine.apply(
                approval, new ApprovalEvent.Started(asker.person().name(), look), now);
        yield done(
            approval,
            advanced,
            advanced.state().status() == ApprovalStatus.APPROVED
                ? "Job %d starts when its turn comes.".formatted(approval.number())
                : "Job %d does not start: %s".formatted(approval.number(), advanced.state().note()),
            now);
      }
    };
  }

  /** Takes a request back with its job. */
  List<Change> cancelled(Asker asker, Job job) {
    Instant now = clock.instant();
    return approvals
        .byJob(job.id())
        .map(approval ->
            notifier.of(
                approval,
                ApprovalMachine.apply(
                    approval, new ApprovalEvent.Cancelled(asker.person().name()), now),
                now))
        .orElse(List.of());
  }

  private Outcome done(Approval approval, Advanced advanced, String sentence, Instant now) {
    List<Change> changes = notifier.of(approval, advanced, now);
    return changes.isEmpty()
        ? new Outcome.Refused(
            "Nothing changed: job %d stays as it is.".formatted(approval.number()))
        : new Outcome.Done(Message.sentence(sentence), changes);
  }

  private static Outcome notAsked(Job job) {
    return new Outcome.Refused(
        "Job %d needs no approval. To list what awaits approval: `pending`."
            .formatted(job.number()));
  }

  /** Why nobody can vote any more, whatever a button still shows. */
  private Optional<String> closed(Approval approval, Instant now) {
    long number = approval.number();
    Instant decided = approval.state().decided().orElse(now);
    return switch (approval.state().status()) {
      case PENDING ->
          approval.isOpen(now)
              ? Optional.empty()
              : Optional.of(
                  "Too late: voting on job %d ended at %s. To request it again: `%s`."
                      .formatted(number, times.of(approval.expires()), approval.canonical()));
      case APPROVED, DISPATCHED ->
          Optional.of(
              "Job %d is already approved by %s at %s."
                  .formatted(number, names(approval.state().yes()), times.of(decided)));
      case DENIED ->
          Optional.of(
              "Job %d is already rejected by %s at %s."
                  .formatted(number, names(approval.state().no()), times.of(decided)));
      case EXPIRED, LAPSED ->
          Optional.of(
              "The request for job %d expired at %s. %s"
                  .formatted(number, times.of(decided), approval.state().note()));
      case CANCELLED, SUPERSEDED ->
          Optional.of(
              "The request for job %d is closed: %s".formatted(number, approval.state().note()));
    };
  }

  /** Whether somebody would vote on their own request; that is so whatever the rules say. */
  public Optional<String> own(Asker asker, Job job, boolean yes) {
    return approvals
        .byJob(job.id())
        .filter(approval -> approval.requester().maybeSame(asker.person().sender()))
        .flatMap(approval -> barred(approval, approval.requester(), yes));
  }

  /** Why this person's vote does not count, no matter who else may vote. */
  private Optional<String> barred(Approval approval, UserRef voter, boolean yes) {
    if (voter.maybeSame(approval.requester())) {
      return Optional.of(
          yes
              ? "You requested job %d, so others have to approve it: %s."
                  .formatted(approval.number(), Voters.wanted(approval.snapshot().requirements()))
              : "You requested job %d. To cancel it: `cancel %d`."
                  .formatted(approval.number(), approval.number()));
    }
    return approval
        .state()
        .voteOf(voter)
        .map(vote ->
            "You already %s job %d at %s. To undo: `withdraw %d`."
                .formatted(
                    vote.yes() ? "approved" : "rejected",
                    approval.number(),
                    times.of(vote.at()),
                    approval.number()));
  }

  private static String names(List<Vote> votes) {
    return votes.stream().map(Vote::name).collect(Collectors.joining(", "));
  }
}
