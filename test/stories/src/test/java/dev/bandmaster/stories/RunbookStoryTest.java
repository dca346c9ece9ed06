package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.await;
import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.config.RunbooksConfig;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.testfleet.Behaviours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runbooks, as people see them. */
class RunbookStoryTest {

  private static final String RELEASE =
      """
      about: brings a version to an environment, with a look before and after
      arguments:
        env: {about: where, choices: [staging, prod]}
      steps:
        - {name: look, command: "ping env={env}"}
        - {name: version, ask: "Which version?", choices: ["1.4.2", "1.5.0"], save_as: version}
        - {name: deploy, command: "codeupdate {env} web version={version}", on_failure: ask}
        - {name: agree, approve: "Is {version} well?"}
        - {name: look again, command: "ping env={env}"}
      """;

  @TempDir private static Path folder;
  private static FleetStage stage;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path runbooks = Files.createDirectory(folder.resolve("runbooks"));
    Files.writeString(runbooks.resolve("release.yaml"), RELEASE);
    Files.writeString(
        runbooks.resolve("forbidden.yaml"),
        """
        about: begins with what everybody may, and goes on with what ann may not
        steps:
          - {name: look, command: "ping env=staging"}
          - {name: free, command: "adhoc staging web0001 service web restart"}
          - {name: after, command: "adhoc staging web0001 uptime"}
        """);
    Files.writeString(runbooks.resolve("broken.yaml"), "about: has no steps\n");
    stage =
        new FleetStage(
            folder,
            "staging",
            config -> config.withRunbooks(new RunbooksConfig(Optional.of(runbooks), Map.of())),
            UnaryOperator.identity());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @AfterEach
  void allAreWell() {
    stage.behave(Behaviours.healthy());
    assertThat(stage.slack().people().hidden()).as("what Slack shows to nobody").isEmpty();
  }

  private static String says(String person, String text) {
    return stage.slack().say(person, "#ops", "@bandmaster " + text);
  }

  private static SeenMessage answer(String question, String... words) throws InterruptedException {
    return stage.awaitAnswer("#ops", question, words);
  }

  private static void whispered(String person, String... words) throws InterruptedException {
    awaitMessage(
        person + " alone is told " + Arrays.toString(words),
        () -> stage.slack().people().everything("#ops"),
        message ->
            person.equals(message.ephemeralTo())
                && Arrays.stream(words).allMatch(message.shown()::contains));
  }

  private static String number(SeenMessage message) {
    return message.shown().replaceAll("(?s).*?run (\\d+).*", "$1");
  }

  @Test
  void commandW4_aRunbookAsksDeploysIsApprovedAndShowsItsJobsInOneMessage() throws Exception {
    String question = says("ann", "run release staging");
    SeenMessage asks = answer(question, "❓", "Which version?");
    SeenMessage run = answer(question, "for <@U0ANN>", "1. look", "job ", "waits for an answer");
    says("bob", "answer " + number(run) + " 2 1.5.0");
    SeenMessage agree = answer(question, "❓", "Is 1.5.0 well?");
    assertThat(answer(question, "Which version?", "1.5.0: <@U0BOB>").ts()).isEqualTo(asks.ts());
    answer(question, "codeupdate staging web version=1.5.0", "replied 4/4 · ok 4");

    says("ann", "answer " + number(run) + " 4 approve");
    whispered("U0ANN", "somebody else has to approve step 4");

    // A restart in the middle: what is stored goes on, and old buttons work.
    stage.stopBot();
    stage.startBot();
    stage.slack().click("bob", "#ops", agree.ts(), agree.actionIds().getFirst());

    SeenMessage done = answer(question, "✅ *run " + number(run), "5. look again", "done");
    assertThat(done.ts()).as("one message for the run").isEqualTo(run.ts());
    await(
        "the question is marked",
        () ->
            stage
                .slack()
                .thread("#ops", question)
                .getFirst()
                .reactions()
                .contains("white_check_mark"));
    assertThat(stage.fleet().ledger().repeated()).as("nothing ran twice").isEmpty();
  }

  @Test
  void commandW4_aStepThatFailsIsTriedAgainByAButtonAndFromThereByHand() throws Exception {
    stage.behave(
        Behaviours.whenAsked(
            request -> request.action().equals("deploy"),
            Behaviours.failing("no space left on the disk"),
            Behaviours.healthy()));
    String question = says("ann", "run release env=staging version=1.4.2 --from deploy");
    SeenMessage decide = answer(question, "❓", "deploy failed.", "How shall it go on?");
    SeenMessage run = answer(question, "⏭️ 1. look", "waits for a decision");
    stage.behave(Behaviours.healthy());
    stage.slack().click("ann", "#ops", decide.ts(), decide.actionIds().getFirst());
    answer(question, "❓", "Is 1.4.2 well?");
    says("bob", "answer " + number(run) + " 4 reject");
    answer(question, "❌", "failed for", "rejected by Bob Baker");
    answer(question, "❌ *run", "To go on", "run release env=staging version=1.4.2 --from 4");
  }

  @Test
  void commandW4_eachStepNeedsTheRightsOfThePersonWhoRunsIt() throws Exception {
    String question = says("ann", "run forbidden");
    answer(question, "❌ *run", "✅ 1. look", "❌ 2. free");
    assertThat(stage.slack().thread("#ops", question))
        .as("the step after it is not run")
        .noneMatch(message -> message.shown().contains("adhoc staging web0001 uptime"));
  }

  @Test
  void commandW4_cancelEndsTheRunAndItsJob() throws Exception {
    stage.behave(Behaviours.late(Duration.ofMinutes(10), Behaviours.healthy()));
    String question = says("ann", "run release env=staging version=1.4.2 --from 3");
    SeenMessage run = answer(question, "▶️ 3. deploy", "job ", "running");
    String asks = says("ann", "cancel " + number(run));
    answer(asks, "Run " + number(run) + " is cancelled, and so is job");
    answer(question, "🛑 *run " + number(run), "Cancelled by Ann Archer.");
    answer(question, "🛑", "job", "codeupdate");
  }

  @Test
  void commandW4_mistakesAreSaidBeforeAnythingRuns() throws Exception {
    says("ann", "run releas staging");
    whispered("U0ANN", "There is no runbook 'releas'", "did you mean 'release'?");
    says("ann", "run release stagin");
    whispered("U0ANN", "'env' is one of staging, prod, not 'stagin'");
    says("ann", "run release staging --from 3");
    whispered("U0ANN", "An earlier step would have asked for 'version'");
    says("ann", "run release \"env=staging --force\"");
    whispered("U0ANN", "one plain word");
    String list = says("ann", "runbooks");
    answer(list, "run release env=…", "broken.yaml:1", "steps");
    String dry = says("ann", "run release staging --dry-run");
    answer(dry, "Dry run, nothing was done", "ping env=staging");
  }
}
