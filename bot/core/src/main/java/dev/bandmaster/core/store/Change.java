package dev.bandmaster.core.store;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalState;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.plugin.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something to be kept. What is decided is written as a list of changes, and the list is committed
 * as a whole or not at all; so no state exists without what the user is to be told of it.
 */
public sealed interface Change {

  /**
   * Something is to be handled as if the chat had delivered it. Nothing happens if a delivery with
   * the same key is kept already.
   *
   * @param lease name of the replica that is to handle it
   * @param envelope id of the envelope that brought it, or empty
   */
  record AcceptDelivery(
      String dedupeKey, String kind, String payload, Instant at, String lease, String envelope)
      implements Change {

    /** Something that no envelope brought. */
    public AcceptDelivery(String dedupeKey, String kind, String payload, Instant at, String lease) {
      this(dedupeKey, kind, payload, at, lease, "");
    }
  }

  /**
   * Goes first: a commit about a delivery that was dealt with before is refused with {@link
   * AlreadyHandled}.
   */
  record RequireUnhandled(String inboxId) implements Change {}

  /**
   * A delivery is dealt with for good. A commit in which it was dealt with before is refused with
   * {@link AlreadyHandled}.
   *
   * @param outcome what {@link Inbox.Progress} is to say of it; may be empty
   */
  record MarkHandled(String inboxId, String outcome) implements Change {

    /** One whose outcome nobody asks for. */
    public MarkHandled(String inboxId) {
      this(inboxId, "");
    }
  }

  /**
   * A delivery could not be dealt with; it is kept for inspection and not tried again. Refused like
   * {@link MarkHandled} if it was dealt with before.
   */
  record MarkAbandoned(String inboxId, String reason) implements Change {}

  /**
   * The chat is to show this.
   *
   * @param id identifies the item for ever; a second change with the same id redraws the first one
   */
  record PostMessage(String id, Outbound item, Urgency urgency) implements Change {}

  /**
   * A message that has not left yet is not wanted any more, nor what belongs under it; conflicts if
   * it is being sent or is there already.
   */
  record Withdraw(String id) implements Change {}

  /** Goes first: nothing of the commit counts unless the lease is still held. */
  record Fence(Lease lease) implements Change {}

  /**
   * A job begins.
   *
   * @param lease the name under which it is advanced
   */
  record CreateJob(Job job, String lease) implements Change {}

  /**
   * A job has gone on.
   *
   * @param touched the nodes whose part has changed
   * @param wavesChanged whether anything about its waves has
   * @param printed what nodes printed, in its order
   */
  record UpdateJob(Job job, Set<String> touched, boolean wavesChanged, List<JobEffect.Keep> printed)
      implements Change {
    public UpdateJob {
      touched = Set.copyOf(touched);
      printed = List.copyOf(printed);
    }
  }

  /** A person wants to know when a job ends; a second time changes nothing. */
  record WatchJob(String job, String user) implements Change {}

  /** A job has ended, and those who wanted to know are told in the same commit. */
  record JobWatchersTold(String job) implements Change {}

  /** A channel is told of jobs from now on. */
  record Subscribe(Interests.Subscription subscription) implements Change {}

  /** It is not told any more; conflicts when the subscription is not there. */
  record Unsubscribe(long number) implements Change {}

  /** An order for a job, carried out by the process that holds it. */
  record SendJobOrder(String id, String job, JobEvent.Order order) implements Change {}

  /** An order has reached its job. */
  record OrderDelivered(String id) implements Change {}

  /** A job takes the application for itself; conflicts while another job has it. */
  record EnterDeployQueue(Planned.Subject subject, String job) implements Change {}

  /** A job needs the application no more. */
  record LeaveDeployQueue(String job) implements Change {}

  /** Somebody locks; conflicts with a lock of somebody else that has not expired. */
  record Lock(DeployLock lock) implements Change {}

  /** A lock is lifted; conflicts when it is not there any more. */
  record Unlock(DeployLock lock) implements Change {}

  /**
   * Nothing is deployed for a time.
   *
   * @param number what people call the freeze by
   */
  record DeclareFreeze(long number, Freeze freeze) implements Change {}

  /** A freeze is lifted before its time; conflicts when it is not there any more. */
  record LiftFreeze(long number) implements Change {}

  /** A command is to be run later. */
  record CreateSchedule(Schedules.Schedule schedule) implements Change {}

  /**
   * A schedule's time has come, or it is not wanted any more; conflicts when it was moved before.
   *
   * @param next when it runs again, or empty for never
   */
  record AdvanceSchedule(Schedules.Schedule schedule, Optional<Instant> next) implements Change {}

  /** A runbook is run. */
  record CreateRunbookRun(RunbookRun run) implements Change {}

  /** A run of a runbook has gone on; conflicts when it did so from another version. */
  record UpdateRunbookRun(RunbookRun run) implements Change {}

  /** Goes first: conflicts when a run of a runbook is not at this version any more. */
  record RequireRunbookRun(long number, long version) implements Change {}

  /** Somebody has to agree to a job; goes behind its {@link CreateJob}. */
  record CreateApproval(Approval approval) implements Change {}

  /**
   * A request for approval has gone on; conflicts when it is not any more as it was seen, and, with
   * a vote, when its time is over.
   *
   * @param approval the request as it was seen
   * @param now when it was decided
   */
  record UpdateApproval(Approval approval, ApprovalState after, Instant now) implements Change {
    /** Whether somebody has voted. */
    public boolean votes() {
      return after.standing().stream()
          .anyMatch(vote -> !approval.state().standing().contains(vote));
    }
  }

  /**
   * Several ids are known to be one person's.
   *
   * @param principal the canonical one
   * @param aliases the others
   */
  record JoinPrincipals(String principal, Set<String> aliases, Instant at) implements Change {
    public JoinPrincipals {
      aliases = Set.copyOf(aliases);
      if (aliases.contains(principal)) {
        throw new IllegalArgumentException("nobody is their own alias");
      }
    }
  }

  /** Who did what, and what was decided. */
  record AppendAudit(AuditEntry entry) implements Change {}

  /** A node has described itself; what is older than what is known of it changes nothing. */
  record NodeDescribed(NodeDescription description, long incarnation, long sequence)
      implements Change {}

  /** A node was seen; what is older than what is known of it changes nothing. */
  record NodeSeen(
      String node,
      long incarnation,
      long sequence,
      Instant lastSeen,
      Duration interval,
      boolean left)
      implements Change {}

  /**
   * The nodes were watched; conflicts when somebody else has watched since.
   *
   * @param seen the last time, as far as was known
   */
  record FleetWatched(Optional<NodeRecords.Watch> seen, NodeRecords.Watch now) implements Change {}

  /** What was concluded of a node; conflicts when it is not any more as it was seen. */
  record NodeChanged(NodeTransition transition, Instant at) implements Change {}

  /**
   * What was lately seen of nodes, and from when on their silence would be a failure. What is older
   * than what is kept changes nothing.
   */
  record NodesSeen(List<NodeRecord> lives) implements Change {
    public NodesSeen {
      lives = List.copyOf(lives);
    }
  }

  /** These nodes have not answered in time; of each the earliest time stays. */
  record Unanswered(List<String> nodes, Instant at) implements Change {
    public Unanswered {
      nodes = List.copyOf(nodes);
    }
  }

  /** A node owes no answer any more; a silence that began after this time stays. */
  record AnsweredAgain(String node, Instant at) implements Change {}

  /**
   * An alert has begun or gone on; conflicts when it is not any more as it was seen, and when there
   * is another one about the same already.
   *
   * @param before as it was seen; empty if it begins
   */
  record UpdateAlertGroup(Optional<AlertGroup> before, AlertGroup after) implements Change {}

  /**
   * Something is wrong, or is not any more, and becomes an alert soon after the commit; so the
   * person who says so does not depend on what others do with alerts at the same time.
   *
   * @param id says when, and tells two of them apart
   */
  record RecordSignal(String id, Signal signal) implements Change {}

  /** It has become an alert; conflicts when somebody else has made one of it. */
  record SignalProcessed(String id) implements Change {}

  /** A program is to be run; it takes the place of a run for the same node that has not begun. */
  record RequestHook(Hooks.Call call) implements Change {}

  /**
   * A run has ended, however it did.
   *
   * @param holder the person who ran it
   */
  record HookFinished(String id, String holder) implements Change {}

  /** For a time nobody is notified of certain alerts. */
  record CreateSilence(Silence silence) implements Change {}

  /** A silence is lifted; conflicts when it is not there any more. */
  record EndSilence(long number) implements Change {}

  /**
   * Goes first: a commit with the same mark before then is refused with {@link AlreadyRecorded}.
   *
   * @param scope within which the mark means something
   */
  record IdempotencyKey(String scope, String mark, Instant until) implements Change {}

  /** A node's key is trusted from now on. */
  record TrustNode(String node, NodePublicKey key, Instant since) implements Change {}

  /** A node's key is not trusted any more. */
  record DistrustNode(String node) implements Change {}

  /** A version of a plugin has planned a job, and presents it until the job ends. */
  record PluginPlanned(String job, PluginVersions.Version version) implements Change {}

  /** Which version planned a job is forgotten for all jobs that have ended. */
  record PluginJobsEnded() implements Change {}

  /** A plugin keeps a value. */
  record PutPluginState(String plugin, String key, String value) implements Change {}

  /**
   * A plugin forgets a value.
   *
   * @param key empty for all that it keeps
   */
  record RemovePluginState(String plugin, Optional<String> key) implements Change {}

  /** The operators were notified of rows that were set aside. */
  record SetAsideReported(List<SetAside.Row> rows) implements Change {
    public SetAsideReported {
      rows = List.copyOf(rows);
    }
  }

  /** A person has a token for the API. */
  record CreateApiToken(ApiToken token) implements Change {}

  /** A token is not taken any more; conflicts when it was revoked before. */
  record RevokeApiToken(long number, Instant at) implements Change {}

  /** A token was used; an earlier time changes nothing. */
  record ApiTokenUsed(long number, Instant at) implements Change {}

  /** A person means a command by a word; their alias of the same name is replaced. */
  record SetCommandAlias(CommandAlias alias) implements Change {}

  /** A person's alias is removed; conflicts when it is not there any more. */
  record RemoveCommandAlias(UserRef owner, String name) implements Change {}

  /** An address is chosen for a machine; conflicts when it is taken, or the machine has one. */
  record AssignAddress(AddressAssignment assignment) implements Change {}

  /** Something about a machine's address has changed; conflicts when it is not as it was seen. */
  record UpdateAddress(AddressAssignment before, AddressAssignment after) implements Change {}

  /** An address is free again; conflicts when it is not as it was seen. */
  record FreeAddress(AddressAssignment before) implements Change {}

  /** Nodes may join by a token; conflicts when its number was taken meanwhile. */
  record CreateEnrolmentToken(EnrolmentToken token) implements Change {}

  /** A token lets nobody in any more; conflicts when it was revoked before. */
  record RevokeEnrolmentToken(long number, Instant at) implements Change {}

  /**
   * A token lets a node of this environment in; conflicts when it does not any more, or is for
   * another environment. Goes with the {@link TrustNode}.
   */
  record UseEnrolmentToken(long number, String environment, Instant at) implements Change {}

  /** This policy was good; it is what is used when the file is not. */
  record KeepPolicy(String name, String text, String hash) implements Change {}

  /** What is sent first when the chat lets only so much through. */
  enum Urgency {
    /** Finals, first posts, answers, approvals. */
    NOW(0),
    /** Everything that is better soon than late. */
    SOON(1),
    /** Progress; only the newest matters. */
    PROGRESS(2);

    private final int rank;

    Urgency(int rank) {
      this.rank = rank;
    }

    /** Its place in the order of sending, the most urgent being 0. */
    public int rank() {
      return rank;
    }

    public static Urgency ofRank(int rank) {
      return Arrays.stream(values())
          .filter(urgency -> urgency.rank == rank)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no urgency has the rank " + rank));
    }
  }
}
