package dev.bandmaster.core.approval;

import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.JobEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a request goes on: {@code (request, event, now) → state + effects}. Pure.
 *
 * <p>These things hold whatever happens and in whatever order: what has ended stays as it is; the
 * requester's vote never counts; a person counts once; a vote after the time changes nothing; the
 * job begins at most once, and never without everybody who has to agree.
 */
public final class ApprovalMachine {
  private ApprovalMachine() {}

  /**
   * What became of a request. If nothing did, the state is the one it had, and there is no effect.
   */
  public record Advanced(ApprovalState state, List<ApprovalEffect> effects) {
    public Advanced {
      effects = List.copyOf(effects);
    }
  }

  /** Applies an event. */
  public static Advanced apply(Approval approval, ApprovalEvent event, Instant now) {
    ApprovalState before = approval.state();
    Advanced advanced =
        before.status().isFinal()
            ? nothing(approval)
            : switch (event) {
              case ApprovalEvent.Voted(Vote vote, RecheckResult look) ->
                  voted(approval, vote, look, now);
              case ApprovalEvent.Withdrawn(UserRef voter) -> withdrawn(approval, voter, now);
              case ApprovalEvent.Started(String by, RecheckResult look) ->
                  started(approval, by, look, now);
              case ApprovalEvent.Begins(RecheckResult look) -> begins(approval, look, now);
              case ApprovalEvent.Cancelled(String by) ->
                  ended(before.in(ApprovalStatus.CANCELLED, "Cancelled by " + by + ".", now));
              case ApprovalEvent.Superseded(String reason, Optional<String> successor) ->
                  superseded(approval, reason, successor, now);
              case ApprovalEvent.TimePassed(var obstacle) -> timePassed(approval, obstacle, now);
            };
    return advanced.state().equals(before)
        ? advanced
        : new Advanced(advanced.state().changed(), advanced.effects());
  }

  private static Advanced voted(Approval approval, Vote vote, RecheckResult look, Instant now) {
    ApprovalState state = approval.state();
    boolean counts =
        approval.isOpen(now)
            && !vote.withdrawn()
            && !vote.counts().isEmpty()
            && !vote.voter().maybeSame(approval.requester())
            && state.voteOf(vote.voter()).isEmpty();
    if (!counts) {
      return nothing(approval);
    }
    Approval after = approval.with(state.with(vote));
    if (vote.yes()) {
      return after.tally().isComplete() ? complete(after, look, now) : ended(after.state());
    }
    return after.state().no().size() >= approval.snapshot().denials()
        ? denied(after.state(), now)
        : ended(after.state());
  }

  private static Advanced denied(ApprovalState state, Instant now) {
    String names = names(state.no());
    String reasons =
        state.no().stream()
            .map(Vote::reason)
            .filter(reason -> !reason.isBlank())
            .collect(Collectors.joining("; "));
    String sentence = "Rejected by " + names + (reasons.isEmpty() ? "." : ": " + reasons);
    return declined(state.in(ApprovalStatus.DENIED, sentence, now), names);
  }

  private static Advanced withdrawn(Approval approval, UserRef voter, Instant now) {
    ApprovalState state = approval.state();
    if (!approval.isOpen(now) || state.voteOf(voter).isEmpty()) {
      return nothing(approval);
    }
    return ended(
        state.with(
            state.votes().stream()
                .map(vote -> vote.voter().maybeSame(voter) ? vote.takenBack() : vote)
                .toList()));
  }

  private static Advanced started(Approval approval, String by, RecheckResult look, Instant now) {
    if (approval.isHeld()) {
      Approval started = approval.with(approval.state().startedBy(by));
      return inTime(approval, now) ? complete(started, look, now) : nothing(approval);
    }
    return approval.isOpen(now) && approval.tally().isComplete()
        ? complete(approval.with(approval.state().startedBy(by)), look, now)
        : nothing(approval);
  }

  private static boolean inTime(Approval approval, Instant now) {
    return approval.dispatchBefore().filter(now::isBefore).isPresent();
  }

  /** Enough have agreed. What has changed meanwhile has the last word. */
  private static Advanced complete(Approval approval, RecheckResult look, Instant now) {
    Counted counted = counted(approval, look);
    if (counted.obstacle().isPresent()) {
      return backToPending(counted.approval(), counted.obstacle().get(), now);
    }
    ApprovalState state = counted.approval().state();
    Approval approved =
        approval.with(
            state.in(
                ApprovalStatus.APPROVED,
                state.started()
                    ? state.note()
                    : approval.snapshot().hold()
                        ? "To start it: `start %d`.".formatted(approval.number())
                        : "",
                now));
    return new Advanced(approved.state(), approved.isHeld() ? List.of() : letGo(approved));
  }

  private static List<ApprovalEffect> letGo(Approval approved) {
    List<ApprovalEffect> effects = new ArrayList<>();
    effects.add(new ApprovalEffect.SendOrder(new JobEvent.Approved(names(approved.state().yes()))));
    approved.ends().map(ApprovalEffect.End::new).ifPresent(effects::add);
    return effects;
  }

  /** Its turn has come. The same look, for time has passed since the last yes. */
  private static Advanced begins(Approval approval, RecheckResult look, Instant now) {
    if (approval.state().status() != ApprovalStatus.APPROVED || approval.isHeld()) {
      return nothing(approval);
    }
    if (!inTime(approval, now)) {
      return timePassed(approval, Optional.empty(), now);
    }
    Counted counted = counted(approval, look);
    return counted
        .obstacle()
        .map(obstacle -> backToPending(counted.approval(), obstacle, now))
        .orElseGet(() -> ended(counted.approval().state().in(ApprovalStatus.DISPATCHED, "", now)));
  }

  /** A request without the votes of those who may not agree any more, and why it may not begin. */
  private record Counted(Approval approval, Optional<String> obstacle) {}

  private static Counted counted(Approval approval, RecheckResult look) {
    ApprovalState state = approval.state();
    List<Vote> lost = new ArrayList<>();
    List<Vote> votes = new ArrayList<>();
    for (Vote vote : state.votes()) {
      boolean barred = !vote.withdrawn() && vote.yes() && look.barred().contains(vote.voter());
      votes.add(barred ? vote.takenBack() : vote);
      if (barred) {
        lost.add(vote);
      }
    }
    Approval left = approval.with(state.with(votes));
    return left.tally().isComplete()
        ? new Counted(left, look.obstacle())
        : new Counted(
            left, Optional.of(names(lost) + " may no longer approve this; someone else has to."));
  }

  private static Advanced backToPending(Approval approval, String reason, Instant now) {
    return now.isBefore(approval.expires())
        ? ended(approval.state().in(ApprovalStatus.PENDING, reason, now))
        : declined(approval.state().in(ApprovalStatus.LAPSED, reason, now), "nobody");
  }

  private static Advanced superseded(
      Approval approval, String reason, Optional<String> successor, Instant now) {
    ApprovalState state = approval.state().in(ApprovalStatus.SUPERSEDED, reason, now);
    return declined(successor.map(state::replacedBy).orElse(state), "nobody");
  }

  private static Advanced timePassed(Approval approval, Optional<String> obstacle, Instant now) {
    ApprovalState state = approval.state();
    if (state.status() == ApprovalStatus.PENDING && !now.isBefore(approval.expires())) {
      Tally tally = approval.tally();
      String sentence =
          state.note().isEmpty()
              ? "Only %d of %d approved in time. Run the command again to renew the request."
                  .formatted(tally.people(), tally.all())
              : "It could not start in time: " + state.note();
      return declined(state.in(ApprovalStatus.EXPIRED, sentence, now), "nobody");
    }
    if (approval.dispatchBefore().filter(end -> !now.isBefore(end)).isPresent()) {
      return declined(state.in(ApprovalStatus.LAPSED, lapsed(approval, obstacle), now), "nobody");
    }
    return approval.reminder().filter(when -> !now.isBefore(when)).isPresent()
        ? new Advanced(state.afterReminder(), List.of(new ApprovalEffect.Remind()))
        : nothing(approval);
  }

  /** Why what all had agreed to does not begin, and what to do. */
  private static String lapsed(Approval approval, Optional<String> obstacle) {
    if (approval.isHeld()) {
      return "It was approved, but nobody started it in time. Run the command again to renew the request.";
    }
    return obstacle
        .map(reason ->
            "It was approved, but could not start in time: %s Run the command again once that is over."
                .formatted(reason))
        .orElse(
            "It was approved, but could not start in time. Run the command again to renew the request.");
  }

  private static Advanced nothing(Approval approval) {
    return ended(approval.state());
  }

  private static Advanced ended(ApprovalState state) {
    return new Advanced(state, List.of());
  }

  /** The job never begins. */
  private static Advanced declined(ApprovalState state, String by) {
    return new Advanced(
        state, List.of(new ApprovalEffect.SendOrder(new JobEvent.Declined(by, state.note()))));
  }

  private static String names(List<Vote> votes) {
    return votes.stream().map(Vote::name).collect(Collectors.joining(", "));
  }
}
