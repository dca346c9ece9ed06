package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.plugin.Planned.Difference;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Going back to what ran before, when it is needed, and what is said of deploys that may fail. */
class GoingBackTest {
  private static final Rollout AT_ONCE =
      new Rollout(Size.NONE, Size.ALL, Duration.ZERO, Size.NONE, Optional.empty());

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  private static Job deploy(long number, String from, String to) {
    Job job = SampleJobs.rollout(number, AT_ONCE, "web1", "web2");
    return new Job(
        job.id(),
        number,
        job.command(),
        job.right(),
        "codeupdate staging web version=" + to,
        ANN,
        "ann",
        job.groups(),
        job.place(),
        job.question(),
        job.work()
            .titled("codeupdate staging web version=" + to)
            .on(new dev.bandmaster.plugin.Planned.Subject("staging", "web", to))
            .changing(List.of(new Difference(List.of("web1", "web2"), from, to))),
        job.backend(),
        job.emergency(),
        NOON,
        job.patience(),
        job.state());
  }

  private Job begun(Job job) {
    Job taken = SampleJobs.after(job, NOON, new JobEvent.SlotTaken());
    return SampleJobs.after(taken, NOON, new JobEvent.Dispatched(taken.id(), List.of()));
  }

  private Job ended(Job job, FinalCode code) {
    Job running = begun(job);
    for (String node : List.of("web1", "web2")) {
      String wave = Objects.requireNonNull(running.state().nodes().get(node)).request();
      running =
          SampleJobs.after(
              running,
              NOON,
              SampleJobs.said(wave, node, "boot", 9, SampleJobs.end(code, "the disk is full")));
    }
    return running;
  }

  private void keep(Job job) {
    bench.store.commit(new Change.CreateJob(job, "bot-1"));
  }

  /** Both nodes say that they run this version now. */
  private void run(String version) {
    for (String node : List.of("web1", "web2")) {
      bench.presence.observe(
          List.of(
              new PresenceEvent.Join(
                  new EventStamp(node, "staging", "boot", 2, 2, NOON),
                  new NodeDescription(
                      node,
                      "main",
                      "staging",
                      Map.of("web", version),
                      List.of(),
                      List.of(),
                      Map.of(),
                      List.of()))));
    }
  }

  @Test
  void peopleU10_whatRanBeforeTheFirstDeployIsEnoughForARollback() {
    keep(ended(deploy(81, "1.4.1", "1.4.2"), FinalCode.OK));
    run("1.4.2");
    assertThat(bench.opened("rollback staging web").work().title())
        .isEqualTo("rollback staging web version=1.4.1");
  }

  @Test
  void peopleU10_goingBackPassesAFreezeForThoseWhoMayDeployThere() {
    keep(ended(deploy(81, "1.4.1", "1.4.2"), FinalCode.OK));
    run("1.4.2");
    bench.answer("freeze staging for 2h the board looks on");
    assertThat(bench.refusal("codeupdate staging web version=1.4.2")).contains("is frozen");
    assertThat(bench.opened("rollback staging web version=1.4.1")).isNotNull();
    bench.policy =
        request ->
            request.action().equals("codeupdate")
                ? denied("You may not deploy. Ask bob.")
                : PipelineBench.allowed();
    assertThat(bench.refusal("rollback staging web version=1.4.1")).contains("is frozen");
  }

  @Test
  void peopleU10_undoPassesAFreeze() {
    keep(ended(deploy(81, "1.4.1", "1.4.2"), FinalCode.OK));
    run("1.4.2");
    bench.answer("freeze staging for 2h the board looks on");
    assertThat(bench.opened("undo 81").work().title()).startsWith("rollback staging web");
  }

  @Test
  void peopleU10_goingBackMayBeAnEmergency() {
    keep(ended(deploy(81, "1.4.1", "1.4.2"), FinalCode.OK));
    run("1.4.2");
    for (String command :
        List.of(
            "rollback staging web version=1.4.1 emergency=\"the shop is down\"",
            "undo 81 --emergency \"the shop is down\"")) {
      Job job =
          switch (bench.says(ANN, command, CommandRequest.Manner.CONFIRMED)) {
            case CommandResult.Opened(Job opened, var _, var _) -> opened;
            case CommandResult.Refused refused -> throw new AssertionError(refused.reason());
            case CommandResult.Answered answered -> throw new AssertionError(answered);
          };
      assertThat(job.emergency()).as(command).contains("the shop is down");
    }
  }

  @Test
  void peopleU10_undoOfAJobThatChangedNothingSaysSoAndOffersMore() {
    keep(ended(deploy(81, "1.4.2", "1.4.2"), FinalCode.OK));
    assertThat(bench.doing("undo 81"))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> {
              assertThat(refused.reason())
                  .isEqualTo(
                      "Job 81 changed nothing: its nodes already ran 1.4.2, so there is nothing to"
                          + " undo. To go back further:");
              assertThat(refused.suggestions()).containsExactly("rollback staging web");
            });
  }

  @Test
  void peopleU10_undoOfAJobThatWasOvertakenSaysSoAndAsks() {
    keep(ended(deploy(81, "1.4.1", "1.4.2"), FinalCode.OK));
    keep(ended(deploy(82, "1.4.2", "1.10.0"), FinalCode.OK));
    assertThat(bench.doing("undo 81"))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> {
              assertThat(refused.reason())
                  .startsWith("Job 81 is overtaken: job 82, codeupdate staging web version=1.10.0");
              assertThat(refused.suggestions())
                  .containsExactly("undo 82", "rollback staging web version=1.4.1");
            });
    assertThat(bench.opened("undo 82")).isNotNull();
  }

  // --- Warnings ---

  private Warnings warnings(String text) {
    return switch (bench.run(text).ending()) {
      case CommandResult.Opened(Job job, List<Change> changes, var _) ->
          new Warnings(
              changes.stream()
                  .filter(Change.PostMessage.class::isInstance)
                  .map(Change.PostMessage.class::cast)
                  .filter(post -> post.id().equals("note:" + job.id()))
                  .map(post -> post.item().toString())
                  .toList(),
              List.of());
      case CommandResult.Refused refused -> throw new AssertionError(refused.reason());
      case CommandResult.Answered answered ->
          new Warnings(List.of(), List.of(PipelineBench.words(answered.message())));
    };
  }

  @Test
  void peopleU11_theSameVersionFailedHereAShortWhileAgo() {
    keep(ended(deploy(81, "1.4.1", "1.4.2"), FinalCode.FAILED));
    bench.clock.advance(Duration.ofMinutes(4));
    assertThat(warnings("codeupdate staging web version=1.4.2").doubts())
        .singleElement()
        .asString()
        .contains("web 1.4.2 failed here 4 min", "in job 81", "the disk is full");
    bench.clock.advance(Duration.ofHours(1));
    assertThat(warnings("codeupdate staging web version=1.4.2").doubts()).isEmpty();
    assertThat(warnings("codeupdate staging web version=1.10.0").doubts()).isEmpty();
  }

  @Test
  void peopleU11_theSameDeployIsAlreadyOnItsWay() {
    keep(begun(deploy(81, "1.4.1", "1.4.2")));
    assertThat(warnings("codeupdate staging web version=1.4.2").doubts())
        .singleElement()
        .asString()
        .contains("Job 81 for ann already does the same; it is running.");
  }

  @Test
  void peopleU11_aPlainDeploySaysWhichVersionItPicksAndWhy() {
    assertThat(warnings("codeupdate staging web").doubts())
        .singleElement()
        .asString()
        .contains("No version was given: 1.10.0 is the newest release.");
  }

  @Test
  void peopleU11_aLockThatEndsSoonIsWorthWaitingFor() {
    bench.asking(
        new dev.bandmaster.core.chat.Person(
            new dev.bandmaster.core.chat.UserRef("T1", "U2"),
            "bob",
            dev.bandmaster.core.chat.Person.Kind.MEMBER,
            Set.of()));
    bench.answer("lock staging web for 8m I look at the errors");
    bench.asking(PipelineBench.PERSON);
    assertThat(bench.doing("codeupdate staging web version=1.4.2"))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("The lock ends in 8 min");
              assertThat(refused.suggestions())
                  .containsExactly(
                      "schedule 2026-05-04T14:08 codeupdate staging web version=1.4.2");
            });
  }
}
