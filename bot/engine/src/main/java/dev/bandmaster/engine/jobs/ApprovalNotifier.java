package dev.bandmaster.engine.jobs;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEffect;
import dev.bandmaster.core.approval.ApprovalMachine.Advanced;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.view.ApprovalText;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be kept and shown when a request for approval has gone on: its new state, the word to
 * its job, the job's message, a line in the thread for each vote, and a word to the requester.
 * Blocking, for it may ask where to write to somebody; safe for use by many threads.
 */
public final class ApprovalNotifier {

  private final Store store;
  private final JobNotifier report;
  private final FreshDirectory people;
  private final Reaching reaching;

  /** People who are written to; a group that is larger is mentioned too. */
  private static final int MOST_WRITTEN_TO = 20;

  /** How old the knowledge of a group's members may be; they are told, not trusted. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  /** How those who may approve learn of a request. */
  public enum Reaching {
    /** The group is mentioned in the channel. */
    GROUP,
    /** Each member gets a direct message as well. */
    MEMBERS
  }

  /** One that mentions groups. */
  public ApprovalNotifier(Store store, JobNotifier report, FreshDirectory people) {
    this(store, report, people, Reaching.GROUP);
  }

  public ApprovalNotifier(
      Store store, JobNotifier report, FreshDirectory people, Reaching reaching) {
    this.store = store;
    this.report = report;
    this.people = people;
    this.reaching = reaching;
  }

  /** What reaches those who may approve a request that is new. */
  public List<Change> requested(Approval approval) {
    return reached(approval, "request", ApprovalText.request(approval));
  }

  /**
   * In the channel and not only in the thread; where nobody else sees the place, or where it is
   * configured, directly.
   */
  private List<Change> reached(Approval approval, String what, Message message) {
    List<Change> changes = new ArrayList<>();
    boolean isSeen = approval.place().kind() != ConversationRef.Kind.DIRECT;
    if (isSeen) {
      changes.add(line(approval, what, message, true));
    }
    if (!isSeen || reaching == Reaching.MEMBERS) {
      for (UserRef member : approvers(approval)) {
        people
            .directWith(member)
            .ifPresent(place ->
                changes.add(
                    new Change.PostMessage(
                        approval.messageId(what + ":" + member.user()),
                        new Outbound.ChannelMessage(place, message, false),
                        Urgency.SOON)));
      }
    }
    return changes;
  }

  private List<UserRef> approvers(Approval approval) {
    Set<UserRef> found = new HashSet<>();
    for (Requirement requirement : approval.snapshot().requirements()) {
      if (people.gather(requirement.approvers().users(), requirement.approvers().groups(), OLDEST)
          instanceof FreshDirectory.Gathering.Known(Set<UserRef> members)) {
        found.addAll(members);
      }
    }
    found.removeIf(member -> member.maybeSame(approval.requester()));
    return found.stream()
        .sorted(Comparator.comparing(UserRef::principal))
        .limit(MOST_WRITTEN_TO)
        .toList();
  }

  /** The changes; none if nothing has happened. */
  public List<Change> of(Approval before, Advanced advanced, Instant now) {
    if (advanced.state().equals(before.state())) {
      return List.of();
    }
    Approval after = before.with(advanced.state());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.UpdateApproval(before, advanced.state(), now));
    for (ApprovalEffect effect : advanced.effects()) {
      switch (effect) {
        case ApprovalEffect.SendOrder(var order) ->
            changes.add(new Change.SendJobOrder(Ids.next(now), before.job(), order));
        case ApprovalEffect.End(String paused) ->
            changes.add(
                new Change.SendJobOrder(
                    Ids.next(now),
                    paused,
                    new JobEvent.Cancel(before.requesterName(), Ids.next(now))));
        case ApprovalEffect.Remind() ->
            changes.addAll(reached(after, "reminder", ApprovalText.reminder(after)));
      }
    }
    store.jobs().find(before.job()).ifPresent(job -> changes.addAll(shown(job, before, after)));
    return changes;
  }

  private List<Change> shown(Job job, Approval before, Approval after) {
    List<Change> changes = new ArrayList<>();
    changes.add(report.decision(job, after));
    for (Vote vote : after.state().votes()) {
      if (!before.state().votes().contains(vote)) {
        changes.add(line(after, "vote:" + vote.voter().user(), ApprovalText.vote(after, vote)));
      }
    }
    if (after.state().status() != before.state().status()) {
      toRequester(job, after).ifPresent(changes::add);
    }
    return changes;
  }

  /** A line in the thread. */
  private Change line(Approval approval, String what, Message message) {
    return line(approval, what, message, false);
  }

  /**
   * @param broadcast whether it is shown in the channel too
   */
  private Change line(Approval approval, String what, Message message, boolean broadcast) {
    ConversationRef place = approval.place();
    if (place.isApi()) {
      return new Change.PostMessage(
          approval.messageId(what),
          new Outbound.ThreadReply(
              approval.messageId(), new Outbound.ChannelMessage(place, message, false)),
          Urgency.SOON);
    }
    Optional<String> shown =
        place.thread().or(() -> store.outbox().timestamp(approval.messageId()));
    return new Change.PostMessage(
        approval.messageId(what),
        shown
            .<Outbound>map(
                thread -> new Outbound.ChannelMessage(place.inThread(thread), message, broadcast))
            .orElseGet(() ->
                new Outbound.ThreadReply(
                    approval.messageId(), new Outbound.ChannelMessage(place, message, broadcast))),
        Urgency.SOON);
  }

  /** In a direct message, where that is not where the request is anyway. */
  private Optional<Change> toRequester(Job job, Approval approval) {
    boolean theyKnow =
        approval.place().kind() == ConversationRef.Kind.DIRECT
            || approval.state().status() == ApprovalStatus.CANCELLED;
    return theyKnow
        ? Optional.empty()
        : people
            .directWith(approval.requester())
            .map(place ->
                new Change.PostMessage(
                    approval.messageId("word"),
                    new Outbound.ChannelMessage(place, report.wordOf(job, approval), false),
                    Urgency.SOON));
  }
}
