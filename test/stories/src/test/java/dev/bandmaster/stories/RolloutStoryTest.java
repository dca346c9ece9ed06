package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.PATIENCE;
import static dev.bandmaster.stories.FleetStage.await;
import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.testfleet.Behaviour;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts, locks and schedules, as people see them. */
class RolloutStoryTest {

  /** Long enough for whatever a person wants to do meanwhile; a story never waits for it. */
  private static final Behaviour WORKING =
      Behaviours.whenAsked(
          request -> request.action().equals("deploy"),
          Behaviours.late(Duration.ofMinutes(10), Behaviours.healthy()),
          Behaviours.healthy());

  @TempDir private static Path folder;
  private static FleetStage stage;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage = new FleetStage(folder);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @AfterEach
  void allAreWell() {
    stage.behave(Behaviours.healthy());
  }

  private static String says(String person, String text) {
    return stage.slack().say(person, "@" + person, text);
  }

  private static Ending ending(String person, String question) throws InterruptedException {
    return Conversation.direct(stage.slack(), person).await(question, PATIENCE).orElseThrow();
  }

  private static SeenMessage answer(String person, String question, String... words)
      throws InterruptedException {
    return stage.awaitAnswer("@" + person, question, words);
  }

  private static void clicks(String person, SeenMessage message, String action) {
    stage.slack().click(person, "@" + person, message.ts(), action);
  }

  private static boolean isAJob(SeenMessage message) {
    return message.shown().matches("(?s).*\\*?job \\d+.*nodes?.*");
  }

  private static void failing(String node) {
    stage.behave(
        Behaviours.when(
            description -> description.node().equals(node),
            Behaviours.whenAsked(
                request -> request.action().equals("deploy"),
                Behaviours.failing("no space left on the disk"),
                Behaviours.healthy()),
            Behaviours.healthy()));
  }

  @Test
  void aCanaryThatFailsStopsTheRolloutAndAClickGoesOn() throws InterruptedException {
    failing("web0001");
    String question = says("ann", "codeupdate staging web version=1.4.2 --canary 1 --batch 2");

    SeenMessage paused =
        answer(
            "ann",
            question,
            "⏸️",
            "batch 1 of 3",
            "Paused: 1 failed, at most 0 may fail.",
            "no space left");
    assertThat(paused.actionIds())
        .containsExactly("job.resume", "job.retry", "job.cancel")
        .as("nothing was changed that could be brought back")
        .doesNotContain("job.rollback");
    assertThat(stage.slack().thread("@ann", question).getFirst().reactions())
        .as("it is not over")
        .doesNotContain("x", "white_check_mark");

    stage.behave(Behaviours.healthy());
    clicks("ann", paused, "job.retry");

    Ending end = ending("ann", question);
    assertThat(end.isGood()).isTrue();
    assertThat(end.answer()).contains("✅", "4 batches", "4 nodes · took");
    assertThat(stage.slack().thread("@ann", question).stream().filter(RolloutStoryTest::isAJob))
        .as("one message per job")
        .singleElement()
        .satisfies(message -> assertThat(message.ts()).isEqualTo(paused.ts()));
  }

  @Test
  void pausedByAClickItWaitsAfterTheBatchAndGoesOnByAClick() throws InterruptedException {
    stage.behave(Behaviours.late(Duration.ofSeconds(2), Behaviours.healthy()));
    String question = says("ann", "codeupdate staging web version=1.4.2 --batch 2");

    clicks("ann", answer("ann", question, "▶️", "batch 1 of 2"), "job.pause");
    SeenMessage paused =
        answer("ann", question, "⏸️", "Paused by Ann Archer.", "2 of 4 nodes done");

    stage.behave(Behaviours.healthy());
    clicks("ann", paused, "job.resume");
    Ending end = ending("ann", question);
    assertThat(end.isGood()).isTrue();
    assertThat(end.answer()).contains("4 nodes · took");
  }

  @Test
  void trap32_cancelStopsWhatRunsOnTheNodes() throws InterruptedException {
    stage.behave(WORKING);
    String question = says("ann", "codeupdate staging web version=1.5.0 --batch 2");
    SeenMessage running = answer("ann", question, "▶️", "batch 1 of 2");
    long before = installed("1.5.0");

    clicks("ann", running, "job.cancel");

    Ending end = ending("ann", question);
    assertThat(end.isGood()).isFalse();
    assertThat(end.answer())
        .contains("🛑", "1 of 2 batches", "Cancelled by Ann Archer.", "4 cancelled");
    assertThat(installed("1.5.0")).as("nobody has it").isEqualTo(before).isZero();
  }

  private static long installed(String version) {
    return stage.fleet().nodes().stream()
        .filter(node -> version.equals(node.description().apps().get("web")))
        .count();
  }

  @Test
  void aSecondDeployWaitsSaysForWhatAndBeginsByItself() throws InterruptedException {
    stage.behave(WORKING);
    String first = says("ann", "codeupdate staging web version=1.5.0");
    SeenMessage running = answer("ann", first, "▶️");
    String number = running.shown().replaceAll("(?s).*job (\\d+).*", "$1");

    String second = says("bob", "codeupdate staging web version=1.4.2");
    answer("bob", second, "⏳", "Waits for job " + number, "then starts");
    String third = says("bob", "rollback staging web version=1.0.0");
    answer("bob", third, "⏳", "Waits for job " + number, "and 1 more");

    stage.behave(Behaviours.healthy());
    says("ann", "cancel " + number);
    assertThat(ending("ann", first).isGood()).isFalse();
    assertThat(ending("bob", second).isGood()).isTrue();
    assertThat(ending("bob", third).isGood()).isTrue();
  }

  @Test
  void trap31_aLockKeepsOthersOutAndSaysWhoWhyAndUntilWhen() throws InterruptedException {
    assertThat(ending("ann", says("ann", "lock staging web --for 1h the demo")).answer())
        .contains("Locked.");
    Ending refused = ending("bob", says("bob", "codeupdate staging web version=1.4.2"));
    assertThat(refused.isGood()).isFalse();
    assertThat(refused.answer())
        .contains("web in staging is locked by Ann Archer until", "the demo");
    assertThat(ending("ann", says("ann", "codeupdate staging web version=1.4.2")).isGood())
        .isTrue();
    assertThat(ending("bob", says("bob", "unlock staging web")).isGood()).isTrue();
    assertThat(ending("bob", says("bob", "codeupdate staging web version=1.4.2")).isGood())
        .isTrue();
  }

  private static List<SeenMessage> inTheChannel() {
    return stage.slack().people().everything("#ops");
  }

  @Test
  void whatIsScheduledRunsOnceAndAnswersWhereItWasAskedFor() throws InterruptedException {
    String question = stage.slack().say("ann", "#ops", "@bandmaster schedule 1s ping web0001");
    stage.awaitAnswer("#ops", question, "Schedule ", "`ping web0001` runs");
    stage.awaitAnswer("#ops", question, "✅", "1 node · took");
    assertThat(ending("ann", says("ann", "schedules")).answer()).contains("Nothing is scheduled.");
    assertThat(
            stage.slack().thread("#ops", question).stream()
                .filter(RolloutStoryTest::isAJob)
                .count())
        .isEqualTo(1);
  }

  @Test
  void whatIsScheduledRunsWithTheRightsItsOwnerHasThen() throws Exception {
    String question =
        stage.slack().say("ann", "#ops", "@bandmaster schedule 8s deploy staging web");
    stage.awaitAnswer("#ops", question, "Schedule ");
    String shipped = Files.readString(stage.policy());
    Files.writeString(
        stage.policy(),
        shipped
            .replace("actions: [codeupdate, rollback, pause", "actions: [rollback, pause")
            .replaceAll("(?m)^  - \\{as: U0ANN, .*do: codeupdate, .*env: staging.*\n", ""));
    try {
      SeenMessage refused =
          awaitMessage(
              "a refusal for all to see",
              RolloutStoryTest::inTheChannel,
              message -> message.shown().contains("⏰"));
      assertThat(refused.ephemeralTo()).isNull();
      assertThat(refused.shown())
          .contains("codeupdate staging web", "You may not run codeupdate on staging");
      assertThat(refused.threadTs()).isEqualTo(question);
    } finally {
      Files.writeString(stage.policy(), shipped);
      await(
          "the policy is as it was",
          () -> {
            try {
              return ending("ann", says("ann", "why codeupdate staging web"))
                  .answer()
                  .contains("developers-deploy");
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  @Test
  void aRestartInTheMidstOfARolloutGoesOnInTheSameMessage() throws InterruptedException {
    stage.behave(Behaviours.late(Duration.ofSeconds(3), Behaviours.healthy()));
    String question = says("ann", "codeupdate staging web version=1.4.2 --canary 1 --batch 2");
    SeenMessage running = answer("ann", question, "▶️", "batch 1 of 3");

    stage.stopBot();
    stage.startBot();

    Ending end = ending("ann", question);
    assertThat(end.isGood()).isTrue();
    assertThat(end.thread())
        .filteredOn(message -> message.shown().contains("4 nodes · took"))
        .as("nobody answers twice")
        .singleElement()
        .satisfies(message -> assertThat(message.ts()).isEqualTo(running.ts()));
    assertThat(end.answer()).contains("3 batches", "4 nodes · took");
    assertThat(stage.fleet().ledger().repeated()).as("nothing ran twice").isEmpty();
  }
}
