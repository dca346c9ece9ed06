package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Interests;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.OnceLog;
import dev.bandmaster.engine.view.ApprovalText;
import dev.bandmaster.engine.view.ApprovalView;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.engine.view.StatusReaction;
import dev.bandmaster.engine.view.Transcript;
import dev.bandmaster.plugin.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people are to see of a job, as changes to commit together with its state. */
public final class JobNotifier {

  private static final Logger LOG = LoggerFactory.getLogger(JobNotifier.class);

  private final JobRenderer renderer;
  private final Jobs jobs;
  private final ApprovalLookup approvals;
  private final BiFunction<Job, Instant, AuditEntry> audit;
  private final Predicate<Job> isAlert;
  private final boolean isPlain;
  private final OnceLog once;

  public JobNotifier(JobRenderer renderer, Jobs jobs, ApprovalLookup approvals) {
    this(renderer, jobs, approvals, job -> false);
  }

  /**
   * What people are to see of jobs.
   *
   * @param isAlert whether an alert tells of a job's failure; then its channel is not told twice
   */
  public JobNotifier(
      JobRenderer renderer, Jobs jobs, ApprovalLookup approvals, Predicate<Job> isAlert) {
    this(renderer, jobs, approvals, JobAudit::ended, isAlert, false, new OnceLog(LOG));
  }

  JobNotifier(
      JobRenderer renderer,
      Jobs jobs,
      ApprovalLookup approvals,
      BiFunction<Job, Instant, AuditEntry> audit) {
    this(renderer, jobs, approvals, audit, job -> false, false, new OnceLog(LOG));
  }

  private JobNotifier(
      JobRenderer renderer,
      Jobs jobs,
      ApprovalLookup approvals,
      BiFunction<Job, Instant, AuditEntry> audit,
      Predicate<Job> isAlert,
      boolean isPlain,
      OnceLog once) {
    this.renderer = renderer;
    this.jobs = jobs;
    this.approvals = approvals;
    this.audit = audit;
    this.isAlert = isAlert;
    this.isPlain = isPlain;
    this.once = once;
  }

  /** The same, showing no more of a job than the bot itself knows: for what a store refuses. */
  JobNotifier plain() {
    return new JobNotifier(renderer, jobs, approvals, audit, isAlert, true, once);
  }

  /**
   * What cannot be drawn or written is shown plainly: no job waits for its message.
   *
   * @param instead must not fail
   */
  private <T> T safely(String what, Job job, Supplier<T> drawing, Supplier<T> instead) {
    try {
      return drawing.get();
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      once.error("The %s of job %d cannot be created".formatted(what, job.number()), e);
      return instead.get();
    }
  }

  private JobRenderer.Picture picture(Job job, Supplier<Optional<ApprovalView>> look) {
    return isPlain
        ? renderer.plain(job)
        : safely("message", job, () -> renderer.draw(job, look.get()), () -> renderer.plain(job));
  }

  /** The first message of a job that nobody is asked about. */
  public Change beginning(Job job) {
    return message(job, picture(job, Optional::empty), Urgency.NOW);
  }

  /** The line of the audit about a job's end. */
  Change audited(Job job, Instant now) {
    return new Change.AppendAudit(
        safely(
            "audit line",
            job,
            () -> audit.apply(job, now),
            () ->
                AuditEntry.of(
                    now,
                    job.asker().principal(),
                    job.place().channel(),
                    "job " + job.number(),
                    JobText.of(job.state().status()),
                    "Internal error: this line could not be written in full.")));
  }

  /**
   * The message of a job that people are asked about, or have decided on.
   *
   * @param approval the request as it is after the commit
   */
  public Change decision(Job job, Approval approval) {
    return message(job, picture(job, () -> Optional.of(approvals.at(job, approval))), Urgency.NOW);
  }

  /** The message and the line about a request that has come back instead of beginning. */
  List<Change> comeBack(Job job, Approval approval) {
    return List.of(
        decision(job, approval),
        new Change.PostMessage(
            approval.messageId("back"),
            new Outbound.ChannelMessage(job.place(), wordOf(job, approval), false)
                .askedBy(job.asker().user()),
            Urgency.SOON));
  }

  /** The requester's notification of how the request was decided. */
  public Message wordOf(Job job, Approval approval) {
    return ApprovalText.toRequester(approvals.at(job, approval));
  }

  /** The job as it is now, for the person who asks about it elsewhere. */
  public Message picture(Job job) {
    return draw(job).message();
  }

  /** The buttons of a job as it is now. */
  public List<Message.Button> buttons(Job job) {
    return safely("buttons", job, () -> renderer.buttons(job), List::of);
  }

  private JobRenderer.Picture draw(Job job) {
    return picture(job, () -> approvals.of(job));
  }

  /** One node's output as a file. */
  public Change output(ConversationRef place, Job job, String node, String output) {
    String name = "job-" + job.number() + "-" + node + ".txt";
    return new Change.PostMessage(
        "output:" + job.id() + ":" + node + ":" + place.channel() + place.thread().orElse(""),
        new Outbound.FileAttachment(place, name, name, output),
        Urgency.SOON);
  }

  /** What all nodes printed so far as a file, for the person who asks for it. */
  public Change output(ConversationRef place, Job job) {
    return new Change.PostMessage(
        "output:" + job.id() + "::" + place.channel() + place.thread().orElse(""),
        transcript(place, job, List.of()),
        Urgency.SOON);
  }

  /** The message of a job that has gone on. */
  Change progress(Job job) {
    return message(job, draw(job), Urgency.PROGRESS);
  }

  /**
   * The end: its message, the mark on the question, the whole output where the message could not
   * hold it, and a word to the channel when it failed and no alert says so.
   *
   * @param corrected whether the job had ended before and a late answer corrects it
   * @param printed output that is not in the store yet
   */
  List<Change> end(Job job, boolean corrected, List<JobEffect.Keep> printed) {
    JobRenderer.Picture picture = draw(job);
    List<Change> changes = new ArrayList<>();
    changes.add(message(job, picture, Urgency.NOW));
    boolean good = job.state().status() == JobStatus.SUCCEEDED;
    job.question()
        .ifPresent(question -> changes.add(StatusReaction.ended(job.place(), question, good)));
    if (corrected) {
      return changes;
    }
    changes.addAll(toThoseInterested(job));
    if (picture.isAbridged()) {
      changes.add(file(job, printed));
    }
    if (!good
        && job.state().status() != JobStatus.CANCELLED
        && isSeenByOthers(job)
        && !isAlert.test(job)) {
      changes.add(
          new Change.PostMessage(
              "alarm:" + job.id(),
              new Outbound.ChannelMessage(
                  job.place(),
                  safely(
                      "alarm", job, () -> renderer.alarm(job), () -> renderer.plain(job).message()),
                  true),
              Urgency.NOW));
    }
    return changes;
  }

  /** People who asked to be told, and channels that subscribed; what was asked in private stays. */
  private List<Change> toThoseInterested(Job job) {
    List<Change> changes = new ArrayList<>();
    Message word =
        safely("word", job, () -> renderer.ended(job), () -> renderer.plain(job).message());
    List<String> watchers = jobs.interests().watchers(job.id());
    for (String user : watchers) {
      changes.add(
          new Change.PostMessage(
              "watch:%s:%s".formatted(job.id(), user),
              new Outbound.ChannelMessage(ConversationRef.directWith(user), word, false),
              Urgency.SOON));
    }
    if (!watchers.isEmpty()) {
      changes.add(new Change.JobWatchersTold(job.id()));
    }
    if (job.place().kind() != ConversationRef.Kind.DIRECT) {
      channels(job)
          .forEach(channel ->
              changes.add(
                  new Change.PostMessage(
                      "subscription:%s:%s".formatted(job.id(), channel),
                      new Outbound.ChannelMessage(
                          new ConversationRef(
                              channel, ConversationRef.Kind.CHANNEL, Optional.empty()),
                          word,
                          false),
                      Urgency.SOON)));
    }
    return changes;
  }

  /** The channels that want to know; not the one in which the job is seen anyway. */
  private Stream<String> channels(Job job) {
    return job.work().subject().stream()
        .flatMap(subject ->
            jobs.interests().all().stream()
                .filter(made -> made.covers(subject.environment(), subject.application())))
        .map(Interests.Subscription::channel)
        .filter(channel -> !channel.equals(job.place().channel()))
        .distinct();
  }

  private static boolean isSeenByOthers(Job job) {
    return job.place().kind() != ConversationRef.Kind.DIRECT
        && !job.place().isApi()
        && job.place().thread().isPresent();
  }

  private Change file(Job job, List<JobEffect.Keep> printed) {
    return new Change.PostMessage(
        "file:" + job.id(), transcript(job.place(), job, printed), Urgency.SOON);
  }

  private Outbound.FileAttachment transcript(
      ConversationRef place, Job job, List<JobEffect.Keep> printed) {
    return new Outbound.FileAttachment(
        place,
        "job-" + job.number() + ".txt",
        "Full output of the nodes of job " + job.number(),
        safely(
            "file",
            job,
            () -> new Transcript(renderer.presenter(job), jobs, printed).of(job),
            () ->
                ("Internal error: this file could not be written. For one node's output:"
                        + " job %d node=…\n")
                    .formatted(job.number())));
  }

  private static Change message(Job job, JobRenderer.Picture picture, Urgency urgency) {
    return new Change.PostMessage(
        job.messageId(),
        new Outbound.ChannelMessage(job.place(), picture.message(), false)
            .askedBy(job.asker().user()),
        urgency);
  }
}
