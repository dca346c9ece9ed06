package dev.bandmaster.core.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.runbook.RunbookMachine.Answered;
import dev.bandmaster.core.runbook.RunbookMachine.Fate;
import dev.bandmaster.core.runbook.RunbookMachine.JobView;
import dev.bandmaster.core.runbook.RunbookMachine.Turn;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Runbook.OnFailure;
import dev.bandmaster.plugin.Runbook.Step;
import dev.bandmaster.plugin.Runbook.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookMachineTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final UserRef ANN = new UserRef("T1", "U1");
  private static final UserRef BOB = new UserRef("T1", "U2");
  private static final UserRef CAT = new UserRef("T1", "U3");

  /** What commands led to, as a test says. */
  private static final class Fates implements RunbookMachine.World {
    private final Map<String, Fate> fates = new HashMap<>();
    private final Map<Long, JobView> jobs = new HashMap<>();

    @Override
    public Optional<Fate> fate(String key) {
      return Optional.ofNullable(fates.get(key));
    }

    @Override
    public JobView job(long number) {
      return jobs.getOrDefault(number, new JobView(false, false, "running"));
    }
  }

  private final Fates world = new Fates();
  private final List<String> sent = new ArrayList<>();

  private static Step command(String name, String text, OnFailure onFailure) {
    return new Step(name, new Work.Command(text), onFailure);
  }

  private static RunbookRun run(Step... steps) {
    Runbook runbook =
        new Runbook(
            "nightly",
            "does it",
            List.of(new Runbook.Argument("env", "where", Optional.empty(), List.of())),
            Arrays.asList(steps));
    return RunbookRun.of(
        82,
        runbook,
        ANN,
        "Ann",
        ConversationRef.directWith("U1"),
        Map.of("env", "staging"),
        0,
        NOON);
  }

  private RunbookRun advance(RunbookRun run, Instant now) {
    RunbookRun at = run;
    for (int i = 0; i < 200; i++) {
      Turn turn = RunbookMachine.advance(at, world, now);
      turn.send().ifPresent(send -> sent.add(send.command()));
      if (turn.run().equals(at)) {
        return at;
      }
      assertThat(turn.run().version()).isEqualTo(at.version() + 1);
      at = turn.run();
    }
    throw new AssertionError("it never comes to rest");
  }

  private static RunbookRun taken(Answered answered) {
    assertThat(answered).isInstanceOf(Answered.Taken.class);
    return ((Answered.Taken) answered).run();
  }

  private static Answered answer(RunbookRun run, int step, UserRef who, String word) {
    return RunbookMachine.answer(
        run, step, new StepRun.Answer(who, who.user(), word), Set.of("S1"), NOON);
  }

  @Test
  void commandW4_stepsFollowEachOtherAndEachIsAskedOnce() {
    RunbookRun run =
        advance(
            run(
                command("look", "ping env={env}", OnFailure.STOP),
                command("go", "codeupdate {env} web", OnFailure.STOP)),
            NOON);
    assertThat(sent).containsExactly("ping env=staging");
    assertThat(advance(run, NOON)).isSameAs(run);

    world.fates.put("runbook:82:1:1", new Fate.Opened(83));
    run = advance(run, NOON);
    assertThat(run.currentJob()).contains(83L);
    world.jobs.put(83L, new JobView(true, true, "succeeded"));
    run = advance(run, NOON);
    assertThat(sent).containsExactly("ping env=staging", "codeupdate staging web");

    world.fates.put("runbook:82:2:1", new Fate.Done());
    run = advance(run, NOON);
    assertThat(run.status()).isEqualTo(RunbookStatus.SUCCEEDED);
    assertThat(run.steps().getFirst().job()).isEqualTo(83);
  }

  @Test
  void commandW4_aStepThatFailsStopsTheRunContinuesOrAsks() {
    world.fates.put("runbook:82:1:1", new Fate.Refused("No node matches."));
    world.fates.put("runbook:82:2:1", new Fate.Done());

    RunbookRun stopped =
        advance(
            run(command("a", "ping x", OnFailure.STOP), command("b", "ping y", OnFailure.STOP)),
            NOON);
    assertThat(stopped.status()).isEqualTo(RunbookStatus.FAILED);
    assertThat(stopped.steps().get(0).note()).isEqualTo("No node matches.");
    assertThat(stopped.steps().get(1).phase()).isEqualTo(StepPhase.WAITING);
    assertThat(sent).containsExactly("ping x");

    RunbookRun continued =
        advance(
            run(command("a", "ping x", OnFailure.CONTINUE), command("b", "ping y", OnFailure.STOP)),
            NOON);
    assertThat(continued.status()).as("a failure stays one").isEqualTo(RunbookStatus.FAILED);
    assertThat(continued.steps().get(1).phase()).isEqualTo(StepPhase.DONE);

    RunbookRun asks =
        advance(
            run(command("a", "ping x", OnFailure.ASK), command("b", "ping y", OnFailure.STOP)),
            NOON);
    assertThat(asks.steps().get(0).phase()).isEqualTo(StepPhase.DECIDING);
    assertThat(answer(asks, 0, BOB, "perhaps")).isInstanceOf(Answered.Refused.class);
    assertThat(advance(taken(answer(asks, 0, BOB, "skip")), NOON).status())
        .isEqualTo(RunbookStatus.SUCCEEDED);
    assertThat(taken(answer(asks, 0, BOB, "stop")).status()).isEqualTo(RunbookStatus.FAILED);

    sent.clear();
    RunbookRun again = advance(taken(answer(asks, 0, BOB, "retry")), NOON);
    assertThat(sent).containsExactly("ping x");
    assertThat(again.steps().get(0).attempt()).isEqualTo(2);
    world.fates.put("runbook:82:1:2", new Fate.Done());
    assertThat(advance(again, NOON).status()).isEqualTo(RunbookStatus.SUCCEEDED);
  }

  @Test
  void commandW4_anAnswerIsUsedByLaterSteps() {
    RunbookRun run =
        advance(
            run(
                new Step(
                    "ask",
                    new Work.Question(
                        "Which one?", List.of("1.4.2", "1.5.0"), Optional.of("version")),
                    OnFailure.STOP),
                command("go", "codeupdate {env} web version={version}", OnFailure.STOP)),
            NOON);
    assertThat(run.steps().getFirst().phase()).isEqualTo(StepPhase.ASKING);
    assertThat(answer(run, 0, BOB, "1.4.3")).isInstanceOf(Answered.Refused.class);
    assertThat(answer(run, 1, BOB, "1.4.2")).isInstanceOf(Answered.Refused.class);
    advance(taken(answer(run, 0, BOB, "1.5.0")), NOON);
    assertThat(sent).containsExactly("codeupdate staging web version=1.5.0");
    RunbookRun stopped = taken(answer(run, 0, BOB, "stop"));
    assertThat(stopped.status()).isEqualTo(RunbookStatus.FAILED);
    assertThat(answer(stopped, 0, BOB, "1.5.0")).isInstanceOf(Answered.Refused.class);
  }

  @Test
  void commandW4_nobodyApprovesTheirOwnRunOrTwice() {
    RunbookRun run =
        advance(
            run(new Step("agree", new Work.Approval("Now?", 2, List.of("S1")), OnFailure.STOP)),
            NOON);
    assertThat(answer(run, 0, ANN, "approve")).isInstanceOf(Answered.Refused.class);
    assertThat(
            RunbookMachine.answer(
                run, 0, new StepRun.Answer(BOB, "Bob", "approve"), Set.of("S2"), NOON))
        .isInstanceOf(Answered.Refused.class);
    RunbookRun once = taken(answer(run, 0, BOB, "approve"));
    assertThat(once.status()).isEqualTo(RunbookStatus.RUNNING);
    assertThat(answer(once, 0, new UserRef("T2", "U2"), "approve"))
        .as("the same person by another id")
        .isInstanceOf(Answered.Refused.class);
    assertThat(advance(taken(answer(once, 0, CAT, "approve")), NOON).status())
        .isEqualTo(RunbookStatus.SUCCEEDED);
    assertThat(taken(answer(once, 0, CAT, "reject")).status()).isEqualTo(RunbookStatus.FAILED);
    assertThat(taken(answer(once, 0, ANN, "reject")).status())
        .as("the person who runs it may always stop it")
        .isEqualTo(RunbookStatus.FAILED);
  }

  @Test
  void commandW4_aPauseAndAPersonAreWaitedForSoLong() {
    RunbookRun paused =
        advance(run(new Step("wait", new Work.Pause(Duration.ofMinutes(5)), OnFailure.STOP)), NOON);
    assertThat(advance(paused, NOON.plusSeconds(299))).isSameAs(paused);
    assertThat(advance(paused, NOON.plusSeconds(300)).status()).isEqualTo(RunbookStatus.SUCCEEDED);

    RunbookRun asking =
        advance(
            run(
                new Step(
                    "ask",
                    new Work.Question("Go on?", List.of("yes"), Optional.empty()),
                    OnFailure.CONTINUE)),
            NOON);
    Instant tomorrow = NOON.plus(RunbookMachine.PATIENCE);
    assertThat(advance(asking, tomorrow.minusSeconds(1))).isSameAs(asking);
    assertThat(advance(asking, tomorrow).status()).isEqualTo(RunbookStatus.FAILED);
  }

  @Test
  void commandW4_aCommandCountsOnlyWhileItsRunWaitsForIt() {
    RunbookRun run = advance(run(command("a", "ping x", OnFailure.STOP)), NOON);
    assertThat(run.isSent(0, 1)).isTrue();
    assertThat(run.isSent(0, 2)).isFalse();
    assertThat(run.isSent(1, 1)).isFalse();
    RunbookRun cancelled = RunbookMachine.cancelled(run, "Bob", NOON);
    assertThat(cancelled.isSent(0, 1)).isFalse();
    world.fates.put("runbook:82:1:1", new Fate.Opened(83));
    assertThat(advance(cancelled, NOON)).isSameAs(cancelled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "--force",
        "-x",
        "a=b",
        "\"a\"",
        "'",
        "a\\b",
        "{env}",
        "",
        "a\nb",
        "a\u00a0b",
        "`x`"
      })
  void commandW4_noValueCanBecomeAnotherArgument(String value) {
    assertThat(Runbook.isValue(value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "1.4.2+b7", "feature/x", "web1,web2", "web*", "@ann", "~any"})
  void commandW4_plainWordsAreValues(String value) {
    assertThat(Runbook.isValue(value)).isEqualTo(!value.startsWith("~"));
  }

  @Test
  void commandW4_aRunbookThatCannotBeRunIsRefusedWithTheReason() {
    assertThatThrownBy(() -> run(command("a", "ping {nodes}", OnFailure.STOP)))
        .hasMessageContaining("{nodes}");
    assertThatThrownBy(() -> run(command("a", "run nightly", OnFailure.STOP)))
        .hasMessageContaining("cannot run another one");
    assertThatThrownBy(() -> run(command("a", "Answer 82 1 approve", OnFailure.STOP)))
        .hasMessageContaining("answer a question");
    assertThatThrownBy(() -> run()).hasMessageContaining("1 to 50 steps");
    assertThatThrownBy(() ->
            run(command("a", "ping x", OnFailure.STOP), command("a", "ping y", OnFailure.STOP)))
        .hasMessageContaining("two steps named 'a'");
  }
}
