package dev.bandmaster.engine.intake;

import dev.bandmaster.core.alert.AlertAction;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.store.AlreadyRecorded;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.pipeline.CommandReply;
import dev.bandmaster.engine.pipeline.CommandRequest;
import dev.bandmaster.engine.pipeline.CommandResult;
import dev.bandmaster.engine.pipeline.Confirm;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.engine.pipeline.Offers;
import dev.bandmaster.engine.pipeline.Pipeline;
import dev.bandmaster.engine.runbooks.RunbookItem;
import dev.bandmaster.engine.view.ApprovalButtons;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.engine.view.MentionText;
import dev.bandmaster.engine.view.StatusReaction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where people's wishes arrive. Whether somebody typed in a DM, mentioned the bot, used the slash
 * command or the API, clicked a button or filled in a form, it becomes the same {@link
 * CommandRequest} and goes the same way; and the answer goes where the question was.
 */
public final class CommandIntake implements InboxWorker.Reception {

  /** Nobody scrolls back further to confirm anything. */
  private static final Duration CONFIRMABLE = Duration.ofDays(30);

  private final Pipeline pipeline;
  private final DialogController forms;
  private final Store store;
  private final JobEngine engine;
  private final JobNotifier report;
  private final CommandReply conclusion;
  private final Supplier<Optional<Lease>> lease;
  private final Supplier<String> called;
  private final ApprovalClicks approvals;

  /**
   * Makes the intake.
   *
   * @param fits whether a message can be shown whole
   * @param lease the lease under which jobs are opened, if it is held
   */
  public CommandIntake(
      Pipeline pipeline,
      DialogController forms,
      Store store,
      JobEngine engine,
      JobNotifier report,
      Predicate<Message> fits,
      Supplier<Optional<Lease>> lease) {
    this(pipeline, forms, store, engine, report, fits, lease, () -> "");
  }

  /**
   * The same.
   *
   * @param called who is mentioned below a new request for approval; empty for nobody
   */
  public CommandIntake(
      Pipeline pipeline,
      DialogController forms,
      Store store,
      JobEngine engine,
      JobNotifier report,
      Predicate<Message> fits,
      Supplier<Optional<Lease>> lease,
      Supplier<String> called) {
    this.called = called;
    this.pipeline = pipeline;
    this.forms = forms;
    this.store = store;
    this.engine = engine;
    this.report = report;
    this.conclusion = new CommandReply(fits);
    this.lease = lease;
    this.approvals = new ApprovalClicks(store.approvals(), store.outbox());
  }

  @Override
  public void receive(Inbox.Item item, Inbound inbound) {
    switch (inbound) {
      case Inbound.MessageReceived said -> {
        store.commit(
            new Change.RequireUnhandled(item.id()),
            StatusReaction.seen(said.place(), said.timestamp()));
        run(
            item,
            new CommandRequest(
                item.id(),
                said.sender(),
                said.place().inThread(said.place().thread().orElse(said.timestamp())),
                Optional.of(said.timestamp()),
                said.text(),
                said.raw(),
                item.received(),
                CommandRequest.Manner.TYPED));
      }
      case Inbound.SlashCommand slashed
          when slashed.dialog().isPresent() && forms.goOn(slashed, slashed.dialog().get()) ->
          store.commit(new Change.MarkHandled(item.id()));
      case Inbound.SlashCommand slashed ->
          run(
              item,
              new CommandRequest(
                  item.id(),
                  slashed.sender(),
                  slashed.place(),
                  Optional.empty(),
                  slashed.text(),
                  slashed.raw(),
                  item.received(),
                  CommandRequest.Manner.TYPED));
      case Inbound.Scheduled scheduled ->
          run(
              item,
              new CommandRequest(
                  item.id(),
                  scheduled.sender(),
                  scheduled.place(),
                  Optional.empty(),
                  scheduled.text(),
                  "schedule " + scheduled.number() + ": " + scheduled.text(),
                  item.received(),
                  CommandRequest.Manner.SCHEDULED));
      case Inbound.RunbookStep step -> runbookStep(item, step);
      case Inbound.ApiCommand called ->
          run(
              item,
              new CommandRequest(
                  item.id(),
                  called.sender(),
                  called.place(),
                  Optional.empty(),
                  called.text(),
                  called.text(),
                  item.received(),
                  called.confirmed()
                      ? CommandRequest.Manner.CONFIRMED
                      : CommandRequest.Manner.TYPED));
      case Inbound.ButtonClick clicked when clicked.dialog().isPresent() ->
          forms
              .goOn(clicked, clicked.dialog().get())
              .ifPresentOrElse(
                  reason -> refuse(item, clicked, reason),
                  () -> store.commit(new Change.MarkHandled(item.id())));
      case Inbound.ButtonClick clicked -> clicked(item, clicked);
      case Inbound.DialogSubmitted sent -> submitted(item, sent);
      // The home tab is no question; the one that keeps it deals with looks at it before they come
      // here.
      case Inbound.HomeOpened _ -> store.commit(new Change.MarkHandled(item.id()));
    }
  }

  /** A step is carried out only as long as its run still waits for it. */
  private void runbookStep(Inbox.Item item, Inbound.RunbookStep step) {
    Optional<RunbookRun> waiting =
        store.runbooks().find(step.run()).filter(run -> run.isSent(step.step(), step.attempt()));
    if (waiting.isEmpty()) {
      store.commit(new Change.MarkHandled(item.id()));
      return;
    }
    run(
        item,
        new CommandRequest(
            item.id(),
            step.sender(),
            step.place(),
            Optional.empty(),
            step.text(),
            "runbook %s, run %d, step %d: %s"
                .formatted(waiting.get().runbook(), step.run(), step.step() + 1, step.text()),
            item.received(),
            CommandRequest.Manner.RUNBOOK),
        List.of(),
        List.of(new Change.RequireRunbookRun(step.run(), waiting.get().version())));
  }

  private void submitted(Inbox.Item item, Inbound.DialogSubmitted sent) {
    if (approvals.of(sent).orElse(null) instanceof ApprovalClicks.Meaning.Foreign(String reason)) {
      refuseForeign(item, sent, "form %s %s".formatted(sent.dialog(), sent.memory()), reason);
      return;
    }
    forms
        .typed(sent)
        .ifPresentOrElse(
            text ->
                run(
                    item,
                    new CommandRequest(
                        item.id(),
                        sent.sender(),
                        sent.place(),
                        Optional.empty(),
                        text,
                        "form: " + text,
                        item.received(),
                        CommandRequest.Manner.CLICKED)),
            () -> refuse(item, sent, "This form has expired. Type the command instead."));
  }

  /** Answers what is no command, and so stands in no audit. */
  private void refuse(Inbox.Item item, Inbound inbound, String reason) {
    store.commit(conclusion.refused(item.id(), inbound, reason), new Change.MarkHandled(item.id()));
  }

  /** A button that somebody has made or moved stands in the audit too. */
  private void refuseForeign(Inbox.Item item, Inbound inbound, String raw, String reason) {
    store.commit(
        new Change.AppendAudit(
            AuditEntry.of(
                    item.received(),
                    inbound.sender().principal(),
                    inbound.place().channel(),
                    raw,
                    "refused",
                    reason)
                .cameIn(item.envelope())),
        conclusion.refused(item.id(), inbound, reason),
        new Change.MarkHandled(item.id()));
  }

  private void clicked(Inbox.Item item, Inbound.ButtonClick clicked) {
    if (clicked.action().equals(Confirm.ACTION)) {
      confirmed(item, clicked);
      return;
    }
    if (clicked.action().equals(Offers.RUN)) {
      run(
          item,
          asked(item, clicked, clicked.value(), clicked.place(), CommandRequest.Manner.CLICKED));
      return;
    }
    Optional<ApprovalButtons.Action> vote = ApprovalButtons.Action.ofId(clicked.action());
    if (vote.isPresent()) {
      switch (approvals.of(vote.get(), clicked)) {
        case ApprovalClicks.Meaning.Foreign(String reason) ->
            refuseForeign(item, clicked, raw(clicked), reason);
        case ApprovalClicks.Meaning.Typed(String text, ConversationRef place) ->
            run(item, asked(item, clicked, text, place, CommandRequest.Manner.CLICKED));
      }
      return;
    }
    Optional<AlertAction> alert = AlertAction.ofId(clicked.action());
    if (alert.isPresent() && Numbers.of(clicked.value()).isPresent()) {
      String text = alert.get().typed(clicked.value());
      run(item, asked(item, clicked, text, clicked.place(), CommandRequest.Manner.CLICKED));
      return;
    }
    clickedOnJob(item, clicked);
  }

  private static CommandRequest asked(
      Inbox.Item item,
      Inbound.ButtonClick clicked,
      String text,
      ConversationRef place,
      CommandRequest.Manner manner) {
    return new CommandRequest(
        item.id(),
        clicked.sender(),
        place,
        Optional.empty(),
        text,
        raw(clicked) + ": " + text,
        item.received(),
        manner);
  }

  /** Which button it was, and where. */
  private static String raw(Inbound.ButtonClick clicked) {
    return "button %s %s under %s".formatted(clicked.action(), clicked.value(), clicked.message());
  }

  private void clickedOnJob(Inbox.Item item, Inbound.ButtonClick clicked) {
    Optional<JobRenderer.Action> action = JobRenderer.Action.ofId(clicked.action());
    Optional<Job> job = action.flatMap(known -> engine.find(clicked.value()));
    if (job.isEmpty()) {
      refuse(item, clicked, "This button has expired. Type the command instead.");
      return;
    }
    run(
        item,
        new CommandRequest(
            item.id(),
            clicked.sender(),
            placeOfClick(clicked, job.get()),
            Optional.empty(),
            typed(action.get(), job.get()),
            "button: " + typed(action.get(), job.get()),
            item.received(),
            CommandRequest.Manner.CLICKED));
  }

  /**
   * With the job, if that is where the button was clicked. In the home tab, or under a message that
   * is elsewhere, a refusal beside the job would be seen by nobody.
   */
  private static ConversationRef placeOfClick(Inbound.ButtonClick clicked, Job job) {
    boolean besideTheJob =
        !clicked.message().isEmpty() && clicked.place().channel().equals(job.place().channel());
    return besideTheJob ? job.place() : clicked.place();
  }

  /** What somebody would type who wants what the button does. */
  private static String typed(JobRenderer.Action action, Job job) {
    return switch (action) {
      case AGAIN -> job.canonical();
      case PAUSE -> "pause " + job.number();
      case RESUME -> "resume " + job.number();
      case RETRY -> "retry " + job.number() + " --failed";
      case ROLLBACK -> "undo " + job.number();
      case CANCEL -> "cancel " + job.number();
    };
  }

  /** What was asked about begins once, however often and by however many the button is clicked. */
  private void confirmed(Inbox.Item item, Inbound.ButtonClick clicked) {
    Change.IdempotencyKey once =
        new Change.IdempotencyKey(
            "confirmed",
            clicked.place().channel() + ":" + clicked.message(),
            item.received().plus(CONFIRMABLE));
    try {
      run(
          item,
          asked(item, clicked, clicked.value(), clicked.place(), CommandRequest.Manner.CONFIRMED),
          List.of(once));
    } catch (AlreadyRecorded e) {
      refuse(item, clicked, "Already confirmed and started. To list jobs: `jobs`.");
    }
  }

  private void run(Inbox.Item item, CommandRequest asked) {
    run(item, asked, List.of());
  }

  /**
   * Runs what was asked, and keeps what becomes of it.
   *
   * @param first what is committed before everything else if it becomes a job
   */
  private void run(Inbox.Item item, CommandRequest asked, List<Change> first) {
    run(item, asked, first, List.of());
  }

  /**
   * The same.
   *
   * @param always what is committed before everything else, whatever becomes of it
   */
  private void run(Inbox.Item item, CommandRequest asked, List<Change> first, List<Change> always) {
    Pipeline.Outcome outcome = pipeline.run(asked);
    List<Change> changes = new ArrayList<>(always);
    outcome
        .audit()
        .forEach(entry -> changes.add(new Change.AppendAudit(entry.cameIn(item.envelope()))));
    changes.add(new Change.MarkHandled(asked.id(), outcomeOf(asked, outcome)));
    switch (outcome.ending()) {
      case CommandResult.Opened(Job job, List<Change> along, Optional<Message> word) -> {
        Lease held =
            lease
                .get()
                .orElseThrow(
                    () -> new StoreUnavailable("this replica's lease is held by another process"));
        changes.addFirst(new Change.Fence(held));
        changes.addAll(0, first);
        changes.add(new Change.CreateJob(job, held.name()));
        changes.add(
            asked(along)
                .map(approval -> report.decision(job, approval))
                .orElseGet(() -> report.beginning(job)));
        changes.addAll(along);
        asked(along).flatMap(approval -> call(job, approval)).ifPresent(changes::add);
        word.ifPresent(
            reply -> changes.addAll(conclusion.of(asked, CommandResult.Answered.with(reply))));
        store.commit(changes);
        engine.opened(held, job);
      }
      case CommandResult.Refused refused -> {
        if (asked.manner() != CommandRequest.Manner.RUNBOOK) {
          changes.addAll(conclusion.of(asked, refused));
        }
        store.commit(changes);
      }
      case CommandResult.Answered answered -> {
        answered.changes().forEach(change -> changes.add(withQuestion(asked, change)));
        if (!showsItself(asked, answered)) {
          changes.addAll(conclusion.of(asked, answered));
        }
        store.commit(changes);
      }
    }
  }

  /** A run marks the message that asked for it when it ends, as a job does. */
  private static Change withQuestion(CommandRequest asked, Change change) {
    return change instanceof Change.CreateRunbookRun(RunbookRun run)
        ? new Change.CreateRunbookRun(run.askedIn(asked.question()))
        : change;
  }

  /**
   * The answer to a program that asked by the API, and to a run of a runbook: the decision, and the
   * job's number; for a run also why nothing was done.
   */
  private static String outcomeOf(CommandRequest asked, Pipeline.Outcome outcome) {
    AuditEntry last = outcome.audit().getLast();
    if (asked.manner() == CommandRequest.Manner.RUNBOOK) {
      return RunbookItem.outcome(outcome.ending());
    }
    return asked.place().isApi() ? (last.decision() + " " + last.job()).strip() : "";
  }

  /** The request for approval that a job waits for. */
  private static Optional<Approval> asked(List<Change> along) {
    return along.stream()
        .filter(Change.CreateApproval.class::isInstance)
        .map(Change.CreateApproval.class::cast)
        .map(Change.CreateApproval::approval)
        .findFirst();
  }

  /** The line that calls whoever is to look at a request, where others read it. */
  private Optional<Change> call(Job job, Approval approval) {
    Text mention = MentionText.of(called.get());
    if (mention.spans().isEmpty() || job.place().isApi()) {
      return Optional.empty();
    }
    return Optional.of(
        new Change.PostMessage(
            "approval:%s:called".formatted(approval.id()),
            new Outbound.ChannelMessage(
                job.place(),
                Message.of(
                    new Message.Paragraph(
                        mention.and(": ").bold("job " + job.number()).and(" awaits approval."))),
                false),
            Change.Urgency.SOON));
  }

  /**
   * What a button wants of the thing under whose message it stands is seen there; not so why
   * something else became of it.
   */
  private static boolean showsItself(CommandRequest asked, CommandResult.Answered answered) {
    if (answered.changes().stream().anyMatch(Change.CreateRunbookRun.class::isInstance)) {
      return true;
    }
    return asked.manner() == CommandRequest.Manner.CLICKED
        && answered.changes().stream().anyMatch(CommandIntake::isSeen)
        && answered.changes().stream()
            .noneMatch(change ->
                change instanceof Change.UpdateApproval update
                    && update.after().status() == ApprovalStatus.SUPERSEDED);
  }

  private static boolean isSeen(Change change) {
    return change instanceof Change.SendJobOrder
        || change instanceof Change.UpdateApproval
        || change instanceof Change.UpdateAlertGroup
        || change instanceof Change.UpdateRunbookRun
        || change instanceof Change.CreateSilence;
  }
}
