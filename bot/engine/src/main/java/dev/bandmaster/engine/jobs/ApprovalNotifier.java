package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEffect;
import dev.bandmaster.core.approval.ApprovalMachine.Advanced;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.view.ApprovalText;
import dev.bandmaster.plugin.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be kept and shown when a request for approval has gone on: its new state, the word to
 * its job, the job's message, a line in the thread for each vote, and a word to the requester.
 * Blocking, for it may ask where to write to somebody; safe for use by many threads.
 */
public final class ApprovalNotifier {

  private final Store store;
  private final JobNotifier report;
  private final FreshDirectory people;

  public ApprovalNotifier(Store store, JobNotifier report, FreshDirectory people) {
    this.store = store;
    this.report = report;
    this.people = people;
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
            changes.add(line(after, "reminder", ApprovalText.reminder(after)));
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
        new Outbound.ChannelMessage(shown.map(place::inThread).orElse(place), message, false),
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
