package dev.bandmaster.core.job;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs and answers for tests. */
public final class SampleJobs {
  public static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  public static final UserRef ANN = new UserRef("T1", "U1");
  public static final ConversationRef THREAD =
      new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.of("1777896000.000100"));

  private SampleJobs() {}

  /** A ping that waits for the broker's confirm. */
  public static Job ping(long number, String... nodes) {
    return job(
        number,
        "ping",
        Planned.Work.atOnce(
            "ping",
            "ping",
            "ping",
            Data.Fields.EMPTY,
            new Planned.Reach.Broadcast("", "", List.of(nodes)),
            Planned.Effect.READ_ONLY),
        THREAD);
  }

  /** A deploy that waits for the broker's confirm. */
  public static Job deploy(long number, ConversationRef place, List<String> nodes) {
    return job(
        number,
        "codeupdate",
        Planned.Work.atOnce(
            "codeupdate staging web version=1.4.2",
            "deploy",
            "deploy",
            Data.Fields.EMPTY.with("app", "web").with("version", "1.4.2"),
            new Planned.Reach.Frozen(nodes),
            Planned.Effect.CHANGES),
        place);
  }

  /** A deploy that has to have the application for itself, in steps. */
  public static Job rollout(long number, Rollout rollout, String... nodes) {
    Job deploy = deploy(number, THREAD, List.of(nodes));
    return job(
        number,
        "codeupdate",
        deploy
            .work()
            .in(rollout)
            .on(new Planned.Subject("staging", "web", "1.4.2"))
            .changing(List.of(new Planned.Difference(List.of(nodes), "1.4.1", "1.4.2"))),
        THREAD);
  }

  /** A job with this work that waits for its confirm. */
  public static Job of(long number, Planned.Work work) {
    return job(number, "codeupdate", work, THREAD);
  }

  private static Job job(long number, String command, Planned.Work work, ConversationRef place) {
    String id = "01900000-0000-7000-8000-%012d".formatted(number);
    AtomicInteger waves = new AtomicInteger();
    Job job =
        new Job(
            id,
            number,
            command,
            new Right(command, "staging", "web"),
            work.title(),
            ANN,
            "ann",
            List.of("S1"),
            place,
            place.thread(),
            work,
            "bus",
            Optional.empty(),
            NOON,
            Duration.ofMinutes(1),
            JobMachine.planned(id, work, () -> id + "-" + waves.incrementAndGet(), true));
    return job.with(JobMachine.apply(job.state(), job.rules(), List.of(), NOON).state());
  }

  /** The job after these events. */
  public static Job after(Job job, Instant now, JobEvent... events) {
    return job.with(JobMachine.apply(job.state(), job.rules(), List.of(events), now).state());
  }

  public static TargetReport reply(Job job, String node, long sequence, ReportBody body) {
    return new TargetReport(job.id(), node, "boot-1", sequence, NOON, body);
  }

  /** A node's answer to a wave. */
  public static JobEvent said(
      String request, String node, String boot, long sequence, ReportBody body) {
    return new JobEvent.Replied(new TargetReport(request, node, boot, sequence, NOON, body));
  }

  /** What is known of a node that belongs to the job. */
  public static NodeOutcome outcome(JobState state, String node) {
    return state.outcomes().stream()
        .filter(outcome -> outcome.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  public static ReportBody.Final end(FinalCode code, String message) {
    return new ReportBody.Final(code, message, null, Data.none());
  }

  /** The same job as an emergency. */
  public static Job emergency(Job job, String reason) {
    return new Job(
        job.id(),
        job.number(),
        job.command(),
        job.right(),
        job.canonical(),
        job.asker(),
        job.askerName(),
        job.groups(),
        job.place(),
        job.question(),
        job.work(),
        job.backend(),
        Optional.of(reason),
        job.created(),
        job.patience(),
        job.state());
  }

  /** The same job, carried out by another backend. */
  public static Job by(String backend, Job job) {
    return new Job(
        job.id(),
        job.number(),
        job.command(),
        job.right(),
        job.canonical(),
        job.asker(),
        job.askerName(),
        job.groups(),
        job.place(),
        job.question(),
        job.work(),
        backend,
        job.emergency(),
        job.created(),
        job.patience(),
        job.state());
  }
}
