package dev.bandmaster.store;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.alert.Acknowledgement;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertGroupState;
import dev.bandmaster.core.alert.Destination;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.GroupedAlert;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalState;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Snapshot;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.fleet.EventVersion;
import dev.bandmaster.core.fleet.FlapDetection;
import dev.bandmaster.core.fleet.Incident;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.fleet.NodeHealth;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NotifiedState;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.runbook.RunbookStatus;
import dev.bandmaster.core.runbook.StepPhase;
import dev.bandmaster.core.runbook.StepRun;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How everything is called in the store: the only place that connects the names of Java types,
 * components and constants with what is written into rows. A type may be renamed and moved as one
 * likes; what is written here never changes, it is only added to.
 *
 * <p>Format 1 is what was written before names were explicit: the names that the types had then.
 * Rows in it stay readable forever; new rows are written in format {@value #FORMAT}.
 */
final class StoredNames {

  /** The format that is written. */
  static final int FORMAT = 2;

  private static final Map<Class<?>, Names> RECORDS = new HashMap<>();
  private static final Map<Class<?>, Constants> ENUMS = new HashMap<>();

  private StoredNames() {}

  /**
   * A record's names.
   *
   * @param kind distinguishes it from others of its sealed type; empty for a standalone type
   * @param properties of its components, in their order
   * @param added properties that rows of earlier releases lack: there they are empty
   */
  record Names(
      String kind,
      List<String> properties,
      String oldKind,
      List<String> oldProperties,
      Set<String> added) {

    String kind(int format) {
      return format == 1 ? oldKind : kind;
    }

    List<String> properties(int format) {
      return format == 1 ? oldProperties : properties;
    }

    /** Whether the component came after the first release that stored the record. */
    boolean isAdded(int component) {
      return added.contains(properties.get(component));
    }
  }

  /** The names of an enum's constants, both ways. */
  private record Constants(Map<Enum<?>, String> names, Map<String, Enum<?>> constants) {}

  static {
    // --- Conversations and what is shown in them ---
    record(ConversationRef.class, "channel", "kind", "thread");
    record(UserRef.class, "team", "user");
    kind("message", Outbound.ChannelMessage.class, "place", "message", "broadcast", "requester")
        .formerly("Shown", "place", "message", "broadcast", "asker");
    kind("ephemeral", Outbound.Ephemeral.class, "place", "user", "message")
        .formerly("Whispered", "place", "user", "message");
    kind("reaction", Outbound.Reaction.class, "channel", "timestamp", "emoji", "replaces")
        .formerly("Reacted", "channel", "timestamp", "emoji", "removes");
    kind("file", Outbound.FileAttachment.class, "place", "name", "title", "content", "requester")
        .formerly("Attached", "place", "name", "title", "content", "asker");
    kind("home", Outbound.HomeTab.class, "user", "message").formerly("Home", "user", "message");
    kind("heartbeat", Outbound.Heartbeat.class, "sentAt").formerly("Pulse", "at");
    kind("thread_reply", Outbound.ThreadReply.class, "parent", "content")
        .formerly("Below", "root", "reply");
    record(Message.class, "blocks");
    kind("header", Message.Header.class, "text").formerly("Header", "text");
    kind("paragraph", Message.Paragraph.class, "text").formerly("Paragraph", "text");
    kind("preformatted", Message.Preformatted.class, "text").formerly("Preformatted", "text");
    kind("footnote", Message.Footnote.class, "text").formerly("Footnote", "text");
    kind("divider", Message.Divider.class).formerly("Divider");
    kind("buttons", Message.Buttons.class, "buttons").formerly("Buttons", "buttons");
    record(Message.Button.class, "action", "value", "label", "style", "confirmation");
    record(Message.Confirmation.class, "title", "text", "confirm", "cancel")
        .formerly("", "title", "text", "yes", "no");
    record(Text.class, "spans");
    kind("plain", Text.Span.Plain.class, "text").formerly("Plain", "text");
    kind("bold", Text.Span.Bold.class, "text").formerly("Bold", "text");
    kind("code", Text.Span.Code.class, "text").formerly("Code", "text");
    kind("user", Text.Span.Person.class, "user").formerly("Person", "user");
    kind("user_group", Text.Span.Group.class, "group").formerly("Group", "group");
    kind("channel", Text.Span.Channel.class, "channel").formerly("Channel", "channel");
    kind("link", Text.Span.Link.class, "url", "label").formerly("Link", "url", "label");
    kind("time", Text.Span.Moment.class, "at", "withDate").formerly("Moment", "at", "withDay");

    // --- Jobs ---
    record(
            JobTable.Facts.class,
            "id",
            "number",
            "command",
            "permission",
            "commandLine",
            "requester",
            "requesterName",
            "groups",
            "place",
            "requestMessage",
            "work",
            "backend",
            "emergency",
            "created",
            "timeout")
        .formerly(
            "",
            "id",
            "number",
            "command",
            "right",
            "canonical",
            "asker",
            "askerName",
            "groups",
            "place",
            "question",
            "work",
            "backend",
            "emergency",
            "created",
            "patience");
    record(Right.class, "action", "environment", "application")
        .formerly("", "permission", "environment", "application");
    kind(
            "work",
            Planned.Work.class,
            "title",
            "capability",
            "action",
            "arguments",
            "targets",
            "effect",
            "rollout",
            "subject",
            "differences",
            "leftOut")
        .formerly(
            "Work",
            "title",
            "capability",
            "action",
            "arguments",
            "reach",
            "effect",
            "rollout",
            "subject",
            "differences",
            "leftOut")
        .added("leftOut");
    kind("listed", Planned.Reach.Frozen.class, "nodes").formerly("Frozen", "nodes");
    kind("broadcast", Planned.Reach.Broadcast.class, "environment", "filter", "nodes")
        .formerly("Broadcast", "environment", "filter", "nodes");
    kind("chosen_by_backend", Planned.Reach.ChosenByBackend.class, "standIn", "one");
    record(Planned.Subject.class, "environment", "application", "version");
    record(Planned.Difference.class, "nodes", "from", "to");
    record(Rollout.class, "canary", "batch", "pause", "failures", "check");
    record(Rollout.Size.class, "amount", "percent").formerly("", "amount", "isPercent");
    record(Rollout.Check.class, "capability", "action", "arguments");
    record(
            JobTable.Progress.class,
            "holdsSlot",
            "held",
            "tolerated",
            "cancelledBy",
            "resumes",
            "note",
            "dispatched")
        .formerly(
            "", "hasSlot", "held", "tolerated", "cancelledBy", "resumes", "note", "dispatched");
    kind("approved", JobEvent.Approved.class, "by").formerly("Approved", "by");
    kind("rejected", JobEvent.Declined.class, "by", "reason").formerly("Declined", "by", "reason");
    kind("pause", JobEvent.Pause.class, "by").formerly("Pause", "by");
    kind("resume", JobEvent.Resume.class, "by").formerly("Resume", "by");
    kind("retry_failed", JobEvent.RetryFailed.class, "by", "requests")
        .formerly("RetryFailed", "by", "requests");
    kind("cancel", JobEvent.Cancel.class, "by", "request").formerly("Cancel", "by", "request");

    // --- Approvals ---
    record(
            Approval.class,
            "id",
            "job",
            "number",
            "permission",
            "commandLine",
            "digest",
            "requester",
            "requesterName",
            "place",
            "requirements",
            "created",
            "expires",
            "supersedes",
            "ends",
            "state")
        .formerly(
            "",
            "id",
            "job",
            "number",
            "right",
            "canonical",
            "digest",
            "requester",
            "requesterName",
            "place",
            "snapshot",
            "created",
            "expires",
            "supersedes",
            "ends",
            "state");
    record(
            Snapshot.class,
            "rules",
            "policy",
            "approvers",
            "rejections",
            "dispatchWithin",
            "remind",
            "hold",
            "reuseFor",
            "freeze",
            "protected")
        .formerly(
            "",
            "rules",
            "policy",
            "requirements",
            "denials",
            "dispatchWithin",
            "remind",
            "hold",
            "reuseFor",
            "freeze",
            "isProtected");
    record(Requirement.class, "approvers", "count");
    record(Who.class, "anyone", "users", "externalUsers", "groups", "asWritten")
        .formerly("", "anyone", "users", "outsiders", "groups", "asWritten");
    record(
        ApprovalState.class,
        "status",
        "version",
        "votes",
        "note",
        "decided",
        "reminded",
        "started",
        "successor");
    record(
            Vote.class,
            "voter",
            "voterName",
            "approves",
            "at",
            "reason",
            "groupsAge",
            "counts",
            "withdrawn")
        .formerly("", "voter", "name", "yes", "at", "reason", "groupsAge", "counts", "withdrawn");

    // --- Alerts ---
    record(AlertTable.Facts.class, "id", "number", "groupKey", "began")
        .formerly("", "id", "number", "topic", "began");
    record(GroupKey.class, "rule", "collective", "environment", "qualifier");
    record(
            Alert.class,
            "key",
            "severity",
            "name",
            "text",
            "node",
            "applications",
            "labels",
            "names",
            "startsAt",
            "resolveAfter")
        .formerly(
            "",
            "key",
            "severity",
            "name",
            "text",
            "node",
            "applications",
            "labels",
            "names",
            "since",
            "quiet");
    record(GroupedAlert.class, "alert", "count", "lastSeen", "resolvedAt", "notified")
        .formerly("", "alert", "count", "last", "ended", "known");
    record(
            AlertGroupState.class,
            "headline",
            "alerts",
            "destinations",
            "notifiedAt",
            "peakSeverity",
            "acknowledgement",
            "silence",
            "remindedAt",
            "drawnAt",
            "draws",
            "stale",
            "urgent",
            "listed",
            "threadUpdates",
            "resolvedAt",
            "ended",
            "due")
        .formerly(
            "",
            "headline",
            "members",
            "posts",
            "told",
            "peak",
            "acknowledged",
            "silence",
            "reminded",
            "drawn",
            "draws",
            "stale",
            "pressing",
            "listed",
            "said",
            "over",
            "ended",
            "due");
    record(Destination.class, "channel", "mention", "fallbackFor")
        .formerly("", "channel", "mention", "insteadOf");
    record(Acknowledgement.class, "user", "name", "at", "severity");
    record(Silence.class, "number", "kind", "matchers", "from", "until", "author", "reason");
    kind("firing", Signal.Fired.class, "groupKey", "headline", "alert")
        .formerly("Fired", "topic", "headline", "alert");
    kind("resolved", Signal.Cleared.class, "key").formerly("Cleared", "key");

    // --- Nodes ---
    record(
            NodeDescription.class,
            "node",
            "collective",
            "environment",
            "applications",
            "roles",
            "tags",
            "facts",
            "capabilities")
        .formerly(
            "", "node", "collective", "env", "apps", "roles", "tags", "facts", "capabilities");
    record(LastSeen.class, "version", "heard", "interval", "leaving", "unansweredSince")
        .formerly("", "mark", "heard", "interval", "leaving", "owing");
    record(EventVersion.class, "incarnation", "sequence");
    record(
            NodeHealth.class,
            "state",
            "since",
            "notified",
            "flapDetection",
            "maintenanceUntil",
            "silencedUntil")
        .formerly("", "state", "since", "told", "flaps", "maintenance", "silenced");
    record(FlapDetection.class, "history", "sampled", "flapping");
    record(
            Incident.class,
            "kind",
            "scope",
            "began",
            "watchingSince",
            "timeout",
            "settles",
            "notifiedCount",
            "notifiedAt")
        .formerly(
            "", "kind", "scope", "began", "watching", "patience", "settles", "said", "saidAt");
    record(dev.bandmaster.core.fleet.FleetScope.class, "environment");

    // --- Schedules, freezes, audit ---
    record(
        Schedules.Schedule.class,
        "number",
        "owner",
        "ownerName",
        "place",
        "command",
        "cron",
        "due");
    record(
        RunbookRun.class,
        "number",
        "runbook",
        "requester",
        "requesterName",
        "place",
        "question",
        "values",
        "steps",
        "status",
        "startedAt",
        "endedAt",
        "endedBy",
        "version");
    record(StepRun.class, "step", "phase", "attempt", "job", "note", "answers", "since");
    record(StepRun.Answer.class, "user", "name", "word");
    record(Runbook.Step.class, "name", "work", "onFailure");
    kind("command", Runbook.Work.Command.class, "text");
    kind("question", Runbook.Work.Question.class, "text", "choices", "saves");
    kind("approval", Runbook.Work.Approval.class, "text", "needed", "groups");
    kind("pause", Runbook.Work.Pause.class, "time");
    record(Freeze.class, "origin", "scope", "from", "until", "reason");
    kind("person", Freeze.Origin.Person.class, "number", "principal", "name")
        .formerly("Person", "number", "principal", "name");
    kind("configuration", Freeze.Origin.Configuration.class, "name")
        .formerly("Configuration", "name");
    record(FreezeScope.class, "environments", "applications");
    record(
        AuditEntry.More.class,
        "name",
        "delivery",
        "message",
        "digest",
        "state",
        "groupsAge",
        "bypass",
        "envelope");

    // --- Values; these also stand in columns of their own ---
    constants(
        ConversationRef.Kind.class,
        kind ->
            switch (kind) {
              case DIRECT -> "DIRECT";
              case CHANNEL -> "CHANNEL";
              case SHARED_CHANNEL -> "SHARED_CHANNEL";
              case API -> "API";
            });
    constants(
        RunbookStatus.class,
        status ->
            switch (status) {
              case RUNNING -> "RUNNING";
              case SUCCEEDED -> "SUCCEEDED";
              case FAILED -> "FAILED";
              case CANCELLED -> "CANCELLED";
            });
    constants(
        StepPhase.class,
        phase ->
            switch (phase) {
              case WAITING -> "WAITING";
              case SENT -> "SENT";
              case RUNNING -> "RUNNING";
              case ASKING -> "ASKING";
              case PAUSING -> "PAUSING";
              case DECIDING -> "DECIDING";
              case DONE -> "DONE";
              case FAILED -> "FAILED";
              case SKIPPED -> "SKIPPED";
            });
    constants(
        Runbook.OnFailure.class,
        onFailure ->
            switch (onFailure) {
              case STOP -> "STOP";
              case CONTINUE -> "CONTINUE";
              case ASK -> "ASK";
            });
    constants(
        Message.Button.Style.class,
        style ->
            switch (style) {
              case PLAIN -> "PLAIN";
              case PRIMARY -> "PRIMARY";
              case DANGER -> "DANGER";
            });
    constants(
        Severity.class,
        severity ->
            switch (severity) {
              case INFO -> "INFO";
              case WARNING -> "WARNING";
              case CRITICAL -> "CRITICAL";
            });
    constants(
        Planned.Effect.class,
        effect ->
            switch (effect) {
              case READ_ONLY -> "READ_ONLY";
              case CHANGES -> "CHANGES";
            });
    constants(
        JobStatus.class,
        status ->
            switch (status) {
              case AWAITING_APPROVAL -> "AWAITING_APPROVAL";
              case QUEUED -> "QUEUED";
              case RUNNING -> "RUNNING";
              case PAUSED -> "PAUSED";
              case SUCCEEDED -> "SUCCEEDED";
              case PARTLY_FAILED -> "PARTLY_FAILED";
              case FAILED -> "FAILED";
              case TIMED_OUT -> "TIMED_OUT";
              case CANCELLED -> "CANCELLED";
            });
    constants(
        NodeStatus.class,
        status ->
            switch (status) {
              case WAITING -> "WAITING";
              case RUNNING -> "RUNNING";
              case OK -> "OK";
              case FAILED -> "FAILED";
              case TIMEOUT -> "TIMEOUT";
              case DENIED -> "DENIED";
              case INVALID -> "INVALID";
              case EXPIRED -> "EXPIRED";
              case LOST -> "LOST";
              case DUPLICATE -> "DUPLICATE";
              case CANCELLED -> "CANCELLED";
              case UNKNOWN_ACTION -> "UNKNOWN_ACTION";
              case UNROUTABLE -> "UNROUTABLE";
              case NO_ANSWER -> "NO_ANSWER";
            });
    constants(
        Wave.Kind.class,
        kind ->
            switch (kind) {
              case WORK -> "WORK";
              case CHECK -> "CHECK";
              case CANCEL -> "CANCEL";
            });
    constants(
        Wave.Phase.class,
        phase ->
            switch (phase) {
              case PLANNED -> "PLANNED";
              case SENDING -> "SENDING";
              case RUNNING -> "RUNNING";
              case DONE -> "DONE";
            });
    constants(ApprovalStatus.class, AuditEntry.More::nameOf);
    constants(
        GroupedAlert.Known.class,
        known ->
            switch (known) {
              case NOTHING -> "NOTHING";
              case FIRING -> "FIRING";
              case OVER -> "OVER";
            });
    constants(
        Silence.Kind.class,
        kind ->
            switch (kind) {
              case SILENCE -> "SILENCE";
              case MAINTENANCE -> "MAINTENANCE";
            });
    constants(
        Incident.Kind.class,
        kind ->
            switch (kind) {
              case ABSENCE -> "ABSENCE";
              case BUS -> "BUS";
              case ISOLATED -> "ISOLATED";
              case MASS_LOSS -> "MASS_LOSS";
            });
    constants(
        NodeState.class,
        state ->
            switch (state) {
              case NEW -> "NEW";
              case UP -> "UP";
              case LATE -> "LATE";
              case DOWN -> "DOWN";
              case LEFT -> "LEFT";
              case ZOMBIE -> "ZOMBIE";
            });
    constants(
        NotifiedState.class,
        notified ->
            switch (notified) {
              case NOTHING -> "NOTHING";
              case NEVER_SEEN -> "NEVER_SEEN";
              case DOWN -> "DOWN";
              case ZOMBIE -> "ZOMBIE";
              case FLAPPING -> "FLAPPING";
            });
  }

  /** A record that is stored as itself. Until something else is said it was always called so. */
  private static Entry record(Class<? extends Record> type, String... properties) {
    return kind("", type, properties);
  }

  /** A record of a sealed type, which carries its kind. */
  private static Entry kind(String kind, Class<? extends Record> type, String... properties) {
    return new Entry(type, kind, List.of(properties));
  }

  /** A record's names while they are collected. */
  private static final class Entry {
    private final Class<? extends Record> type;
    private final String kind;
    private final List<String> properties;

    private Entry(Class<? extends Record> type, String kind, List<String> properties) {
      this.type = type;
      this.kind = kind;
      this.properties = properties;
      formerly(kind, properties.toArray(String[]::new));
    }

    /** What format 1 called it. */
    private Entry formerly(String oldKind, String... oldProperties) {
      int components = type.getRecordComponents().length;
      if (components != properties.size()
          || components != oldProperties.length
          || new HashSet<>(properties).size() != components) {
        throw new IllegalStateException(
            type + " has %d components, and other stored names".formatted(components));
      }
      RECORDS.put(type, new Names(kind, properties, oldKind, List.of(oldProperties), Set.of()));
      return this;
    }

    /** Properties that came later. */
    private void added(String... names) {
      Names known = of(type);
      if (!known.properties().containsAll(List.of(names))) {
        throw new IllegalStateException(type + " has no such properties");
      }
      RECORDS.put(
          type,
          new Names(
              known.kind(),
              known.properties(),
              known.oldKind(),
              known.oldProperties(),
              Set.of(names)));
    }
  }

  private static <E extends Enum<E>> void constants(Class<E> type, Function<E, String> name) {
    Map<Enum<?>, String> names =
        Stream.of(type.getEnumConstants()).collect(Collectors.toMap(Function.identity(), name));
    Map<String, Enum<?>> constants =
        names.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    ENUMS.put(type, new Constants(names, constants));
  }

  /** Every record that is stored. */
  static Set<Class<?>> records() {
    return Set.copyOf(RECORDS.keySet());
  }

  /** Every enum that is stored. */
  static Set<Class<?>> enums() {
    return Set.copyOf(ENUMS.keySet());
  }

  /** The names of a record. */
  static Names of(Class<?> type) {
    Names names = RECORDS.get(type);
    if (names == null) {
      throw new IllegalStateException(type + " has no stored name");
    }
    return names;
  }

  /** The stored name of a constant. */
  static String of(Enum<?> constant) {
    String name = constants(constant.getDeclaringClass()).names().get(constant);
    if (name == null) {
      throw new IllegalStateException(constant + " has no stored name");
    }
    return name;
  }

  /**
   * The constant with a stored name.
   *
   * @throws UnreadableRow if there is none
   */
  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    Enum<?> constant = constants(type).constants().get(name);
    if (constant == null) {
      throw new UnreadableRow("it has an unknown value: '%s'".formatted(name), null);
    }
    return type.cast(constant);
  }

  private static Constants constants(Class<?> type) {
    Constants constants = ENUMS.get(type);
    if (constants == null) {
      throw new IllegalStateException(type + " has no stored names");
    }
    return constants;
  }
}
