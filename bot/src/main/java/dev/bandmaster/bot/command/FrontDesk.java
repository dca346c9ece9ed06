package dev.bandmaster.bot.command;

import dev.bandmaster.bot.alert.AlertAction;
import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalStatus;
import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.inbox.InboxWorker;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.AlreadyDone;
import dev.bandmaster.bot.store.AuditEntry;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Inbox;
import dev.bandmaster.bot.store.Seat;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.StoreUnavailable;
import dev.bandmaster.bot.work.ApprovalButtons;
import dev.bandmaster.bot.work.JobArtist;
import dev.bandmaster.bot.work.JobDesk;
import dev.bandmaster.bot.work.JobReport;
import dev.bandmaster.bot.work.Mark;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Where people's wishes arrive. Whether somebody typed in a DM, mentioned the bot, used the slash
 * command, clicked a button or filled in a form, it becomes the same {@link Asked} and goes the
 * same way; and the answer goes where the question was.
 */
public final class FrontDesk implements InboxWorker.Reception {

  /** Nobody scrolls back further to confirm anything. */
  private static final Duration CONFIRMABLE = Duration.ofDays(30);

  private final Pipeline pipeline;
  private final FormDesk forms;
  private final Store store;
  private final JobDesk desk;
  private final JobReport report;
  private final Conclusion conclusion;
  private final Supplier<Optional<Seat>> seat;
  private final ApprovalClicks approvals;

  /**
   * Makes a front desk.
   *
   * @param fits whether a message can be shown whole
   * @param seat the seat under which jobs are opened, if it is held
   */
  public FrontDesk(
      Pipeline pipeline,
      FormDesk forms,
      Store store,
      JobDesk desk,
      JobReport report,
      Predicate<Message> fits,
      Supplier<Optional<Seat>> seat) {
    this.pipeline = pipeline;
    this.forms = forms;
    this.store = store;
    this.desk = desk;
    this.report = report;
    this.conclusion = new Conclusion(fits);
    this.seat = seat;
    this.approvals = new ApprovalClicks(store.approvals(), store.outbox());
  }

  @Override
  public void receive(Inbox.Item item, Inbound inbound) {
    switch (inbound) {
      case Inbound.Said said -> {
        store.commit(new Change.Unhandled(item.id()), Mark.seen(said.place(), said.timestamp()));
        run(
            item,
            new Asked(
                item.id(),
                said.sender(),
                said.place().inThread(said.place().thread().orElse(said.timestamp())),
                Optional.of(said.timestamp()),
                said.text(),
                said.raw(),
                item.received(),
                Asked.Manner.TYPED));
      }
      case Inbound.Slashed slashed
          when slashed.dialog().isPresent() && forms.goOn(slashed, slashed.dialog().get()) ->
          store.commit(new Change.Handled(item.id()));
      case Inbound.Slashed slashed ->
          run(
              item,
              new Asked(
                  item.id(),
                  slashed.sender(),
                  slashed.place(),
                  Optional.empty(),
                  slashed.text(),
                  slashed.raw(),
                  item.received(),
                  Asked.Manner.TYPED));
      case Inbound.Scheduled scheduled ->
          run(
              item,
              new Asked(
                  item.id(),
                  scheduled.sender(),
                  scheduled.place(),
                  Optional.empty(),
                  scheduled.text(),
                  "schedule " + scheduled.number() + ": " + scheduled.text(),
                  item.received(),
                  Asked.Manner.SCHEDULED));
      case Inbound.Clicked clicked when clicked.dialog().isPresent() ->
          forms
              .goOn(clicked, clicked.dialog().get())
              .ifPresentOrElse(
                  reason -> refuse(item, clicked, reason),
                  () -> store.commit(new Change.Handled(item.id())));
      case Inbound.Clicked clicked -> clicked(item, clicked);
      case Inbound.Submitted sent -> submitted(item, sent);
      // The home tab is no question; whoever keeps it deals with looks at it before they come here.
      case Inbound.HomeOpened _ -> store.commit(new Change.Handled(item.id()));
    }
  }

  private void submitted(Inbox.Item item, Inbound.Submitted sent) {
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
                    new Asked(
                        item.id(),
                        sent.sender(),
                        sent.place(),
                        Optional.empty(),
                        text,
                        "form: " + text,
                        item.received(),
                        Asked.Manner.CLICKED)),
            () ->
                refuse(
                    item,
                    sent,
                    "There is nothing behind this form any more. Type the command instead."));
  }

  /** Answers what is no command, and so stands in no audit. */
  private void refuse(Inbox.Item item, Inbound inbound, String reason) {
    store.commit(conclusion.refused(item.id(), inbound, reason), new Change.Handled(item.id()));
  }

  /** A button that somebody has made or moved stands in the audit too. */
  private void refuseForeign(Inbox.Item item, Inbound inbound, String raw, String reason) {
    store.commit(
        new Change.Note(
            AuditEntry.of(
                    item.received(),
                    inbound.sender().principal(),
                    inbound.place().channel(),
                    raw,
                    "refused",
                    reason)
                .cameIn(item.envelope())),
        conclusion.refused(item.id(), inbound, reason),
        new Change.Handled(item.id()));
  }

  private void clicked(Inbox.Item item, Inbound.Clicked clicked) {
    if (clicked.action().equals(Confirm.ACTION)) {
      confirmed(item, clicked);
      return;
    }
    Optional<ApprovalButtons.Action> vote = ApprovalButtons.Action.ofId(clicked.action());
    if (vote.isPresent()) {
      switch (approvals.of(vote.get(), clicked)) {
        case ApprovalClicks.Meaning.Foreign(String reason) ->
            refuseForeign(item, clicked, raw(clicked), reason);
        case ApprovalClicks.Meaning.Typed(String text, Place place) ->
            run(item, asked(item, clicked, text, place, Asked.Manner.CLICKED));
      }
      return;
    }
    Optional<AlertAction> alert = AlertAction.ofId(clicked.action());
    if (alert.isPresent() && Numbers.of(clicked.value()).isPresent()) {
      String text = alert.get().typed(clicked.value());
      run(item, asked(item, clicked, text, clicked.place(), Asked.Manner.CLICKED));
      return;
    }
    clickedOnJob(item, clicked);
  }

  private static Asked asked(
      Inbox.Item item, Inbound.Clicked clicked, String text, Place place, Asked.Manner manner) {
    return new Asked(
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
  private static String raw(Inbound.Clicked clicked) {
    return "button %s %s under %s".formatted(clicked.action(), clicked.value(), clicked.message());
  }

  private void clickedOnJob(Inbox.Item item, Inbound.Clicked clicked) {
    Optional<JobArtist.Action> action = JobArtist.Action.ofId(clicked.action());
    Optional<Job> job = action.flatMap(known -> desk.find(clicked.value()));
    if (job.isEmpty()) {
      refuse(item, clicked, "This button is not mine any more. Type the command instead.");
      return;
    }
    run(
        item,
        new Asked(
            item.id(),
            clicked.sender(),
            placeOfClick(clicked, job.get()),
            Optional.empty(),
            typed(action.get(), job.get()),
            "button: " + typed(action.get(), job.get()),
            item.received(),
            Asked.Manner.CLICKED));
  }

  /**
   * With the job, if that is where the button was clicked. In the home tab, or under a message that
   * is elsewhere, a refusal beside the job would be seen by nobody.
   */
  private static Place placeOfClick(Inbound.Clicked clicked, Job job) {
    boolean besideTheJob =
        !clicked.message().isEmpty() && clicked.place().channel().equals(job.place().channel());
    return besideTheJob ? job.place() : clicked.place();
  }

  /** What somebody would type who wants what the button does. */
  private static String typed(JobArtist.Action action, Job job) {
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
  private void confirmed(Inbox.Item item, Inbound.Clicked clicked) {
    Change.Once once =
        new Change.Once(
            "confirmed",
            clicked.place().channel() + ":" + clicked.message(),
            item.received().plus(CONFIRMABLE));
    try {
      run(
          item,
          asked(item, clicked, clicked.value(), clicked.place(), Asked.Manner.CONFIRMED),
          List.of(once));
    } catch (AlreadyDone e) {
      refuse(
          item, clicked, "That was confirmed already, and has begun. 'jobs' lists what goes on.");
    }
  }

  private void run(Inbox.Item item, Asked asked) {
    run(item, asked, List.of());
  }

  /**
   * Runs what was asked, and keeps what becomes of it.
   *
   * @param first what is committed before everything else if it becomes a job
   */
  private void run(Inbox.Item item, Asked asked, List<Change> first) {
    Pipeline.Outcome outcome = pipeline.run(asked);
    List<Change> changes = new ArrayList<>();
    outcome.audit().forEach(entry -> changes.add(new Change.Note(entry.cameIn(item.envelope()))));
    changes.add(new Change.Handled(asked.id()));
    switch (outcome.ending()) {
      case Ending.Opened(Job job, List<Change> along, Optional<Message> word) -> {
        Seat held =
            seat.get()
                .orElseThrow(
                    () -> new StoreUnavailable("this replica's seat is held by another process"));
        changes.addFirst(new Change.Fence(held));
        changes.addAll(0, first);
        changes.add(new Change.Open(job, held.name()));
        changes.add(
            asked(along)
                .map(approval -> report.decision(job, approval))
                .orElseGet(() -> report.beginning(job)));
        changes.addAll(along);
        word.ifPresent(told -> changes.addAll(conclusion.of(asked, Ending.Answered.with(told))));
        store.commit(changes);
        desk.opened(held, job);
      }
      case Ending.Refused refused -> {
        changes.addAll(conclusion.of(asked, refused));
        store.commit(changes);
      }
      case Ending.Answered answered -> {
        changes.addAll(answered.changes());
        if (!showsItself(asked, answered)) {
          changes.addAll(conclusion.of(asked, answered));
        }
        store.commit(changes);
      }
    }
  }

  /** The request for approval that a job waits for. */
  private static Optional<Approval> asked(List<Change> along) {
    return along.stream()
        .filter(Change.Ask.class::isInstance)
        .map(Change.Ask.class::cast)
        .map(Change.Ask::approval)
        .findFirst();
  }

  /**
   * What a button wants of the thing under whose message it stands is seen there; not so why
   * something else became of it.
   */
  private static boolean showsItself(Asked asked, Ending.Answered answered) {
    return asked.manner() == Asked.Manner.CLICKED
        && answered.changes().stream().anyMatch(FrontDesk::isSeen)
        && answered.changes().stream()
            .noneMatch(change ->
                change instanceof Change.Judge judge
                    && judge.after().status() == ApprovalStatus.SUPERSEDED);
  }

  private static boolean isSeen(Change change) {
    return change instanceof Change.Tell
        || change instanceof Change.Judge
        || change instanceof Change.Alerted
        || change instanceof Change.Silenced;
  }
}
