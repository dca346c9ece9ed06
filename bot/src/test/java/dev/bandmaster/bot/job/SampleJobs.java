package dev.bandmaster.bot.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs and answers for tests. */
public final class SampleJobs {
  public static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  public static final Sender ANN = new Sender("T1", "U1");
  public static final Place THREAD =
      new Place("C1", Place.Kind.CHANNEL, Optional.of("1777896000.000100"));

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
            JsonNodeFactory.instance.objectNode(),
            new Planned.Reach.Broadcast("", "", List.of(nodes)),
            Planned.Effect.READ_ONLY),
        THREAD);
  }

  /** A deploy that waits for the broker's confirm. */
  public static Job deploy(long number, Place place, List<String> nodes) {
    return job(
        number,
        "codeupdate",
        Planned.Work.atOnce(
            "codeupdate staging web version=1.4.2",
            "deploy",
            "deploy",
            JsonNodeFactory.instance.objectNode().put("app", "web").put("version", "1.4.2"),
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

  private static Job job(long number, String command, Planned.Work work, Place place) {
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

  public static Reply reply(Job job, String node, long sequence, ReplyBody body) {
    return new Reply(job.id(), node, "boot-1", sequence, NOON, body);
  }

  /** A node's answer to a wave. */
  public static JobEvent said(
      String request, String node, String boot, long sequence, ReplyBody body) {
    return new JobEvent.Replied(new Reply(request, node, boot, sequence, NOON, body));
  }

  /** What is known of a node that belongs to the job. */
  public static NodeOutcome outcome(JobState state, String node) {
    return state.outcomes().stream()
        .filter(outcome -> outcome.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  public static ReplyBody.Final end(FinalCode code, String message) {
    return new ReplyBody.Final(code, message, null, NullNode.getInstance());
  }
}
