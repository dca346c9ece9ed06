package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.testfleet.Behaviours;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deploys to prod that somebody has to approve, as people see them. The policy is the shipped one.
 */
class ApprovalStoryTest {
  private static final String DEPLOY =
      "@bandmaster codeupdate prod web version=1.4.2 --canary 1 --batch 2";

  @TempDir private static Path folder;
  private static FleetStage stage;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage = new FleetStage(folder, "prod");
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
    return stage.slack().say(person, "#ops", text);
  }

  private static SeenMessage answer(String question, String... words) throws InterruptedException {
    return stage.awaitAnswer("#ops", question, words);
  }

  private static void clicks(String person, SeenMessage message, String action) {
    stage.slack().click(person, "#ops", message.ts(), action);
  }

  /** What one person alone was told. */
  private static SeenMessage whispered(String person, String... words) throws InterruptedException {
    return awaitMessage(
        person + " alone is told " + Arrays.toString(words),
        () -> stage.slack().people().everything("#ops"),
        message ->
            person.equals(message.ephemeralTo())
                && Arrays.stream(words).allMatch(message.shown()::contains));
  }

  private static String number(SeenMessage message) {
    return message.shown().replaceAll("(?s).*?job (\\d+).*", "$1");
  }

  @Test
  void approvalP13_trapHubot_annAsksBobApprovesAndItRunsInBatchesInTheSameMessage()
      throws Exception {
    String question = says("ann", DEPLOY);
    SeenMessage waits = answer(question, "Awaits approval", "1 of sre");
    assertThat(waits.actionIds())
        .containsExactly("approval.approve", "approval.reject", "job.cancel");

    clicks("ann", waits, "approval.approve");
    whispered("U0ANN", "You requested job " + number(waits));

    clicks("bob", waits, "approval.approve");
    SeenMessage done = answer(question, "✅", "3 batches", "4 nodes · took", "Approved 1/1");
    assertThat(done.ts()).as("one message per job").isEqualTo(waits.ts());
    answer(question, "👍", "approved: 1 of 1");
    awaitMessage(
        "ann is told directly",
        () -> stage.slack().people().everything("@ann"),
        message ->
            message.shown().contains("job " + number(waits))
                && message.shown().contains("may start."));

    says("bob", "@bandmaster approve " + number(waits));
    whispered("U0BOB", "already approved by Bob Baker");
    assertThat(stage.fleet().ledger().repeated()).as("nothing ran twice").isEmpty();
  }

  @Test
  void approvalP6_bobSaysNoInWordsAndItNeverBegins() throws Exception {
    String question = says("ann", DEPLOY);
    SeenMessage waits = answer(question, "Awaits approval");
    String reply = says("bob", "@bandmaster reject " + number(waits) + " the error rate is up");
    answer(reply, "counts");
    SeenMessage ended = answer(question, "Rejected", "the error rate is up");
    assertThat(ended.ts()).isEqualTo(waits.ts());
    assertThat(ended.actionIds()).doesNotContain("approval.approve");
    FleetStage.await(
        "the question is marked",
        () -> stage.slack().thread("#ops", question).getFirst().reactions().contains("x"));
  }

  @Test
  void approvalP16_trap29_aRestartBetweenRequestAndClickLeavesTheButtonsWorking() throws Exception {
    String question = says("ann", DEPLOY);
    SeenMessage waits = answer(question, "Awaits approval");

    stage.stopBot();
    stage.startBot();

    clicks("bob", waits, "approval.approve");
    assertThat(answer(question, "✅", "4 nodes · took").ts()).isEqualTo(waits.ts());
  }

  @Test
  void approvalP9_askingAgainTakesThePlaceOfTheFirstRequest() throws Exception {
    String first = says("ann", DEPLOY);
    SeenMessage waits = answer(first, "Awaits approval");
    String second = says("ann", DEPLOY);
    SeenMessage instead = answer(second, "Awaits approval");
    assertThat(answer(first, "Superseded").actionIds()).doesNotContain("approval.approve");
    says("bob", "@bandmaster approve " + number(waits));
    whispered("U0BOB", "is closed", "made the same request again");
    stage.slack().say("ann", "#ops", "@bandmaster cancel " + number(instead));
    answer(second, "Cancelled by Ann Archer.");
  }

  @Test
  void approvalP1_whenANewerVersionComesInBetweenItIsRequestedAgainAndNothingElseBegins()
      throws Exception {
    String question = says("ann", "@bandmaster codeupdate prod web");
    SeenMessage waits = answer(question, "Awaits approval", "1.5.0");
    stage.release("1.6.0");

    clicks("bob", waits, "approval.approve");
    whispered("U0BOB", "for 1.5.0, but the newest version is now 1.6.0", "renewed as job");
    SeenMessage again = answer(question, "Awaits approval", "1.6.0", "Replaces job");
    assertThat(again.ts()).as("a message of its own").isNotEqualTo(waits.ts());
    assertThat(answer(question, "Superseded", "Job " + number(again) + " replaces it").ts())
        .isEqualTo(waits.ts());
    clicks("ann", again, "approval.approve");
    whispered("U0ANN", "You requested job " + number(again));

    clicks("bob", again, "approval.approve");
    answer(question, "✅", "1.6.0", "4 nodes · took", "Approved 1/1");
    assertThat(stage.fleet().ledger().repeated()).as("nothing ran twice").isEmpty();
  }

  @Test
  void approvalP3_whileSlackDoesNotListItsGroupsTheClickIsNotCountedAndItsPersonNotified()
      throws Exception {
    String question = says("ann", DEPLOY);
    SeenMessage waits = answer(question, "Awaits approval");
    stage.slack().fault(Fault.of(Fault.Kind.HTTP_STATUS).on("usergroups.list").times(0));
    stage.stopBot();
    stage.startBot();
    clicks("bob", waits, "approval.approve");
    whispered("U0BOB", "I could not look up the user groups");
    assertThat(answer(question, "*0 of 1* approved so far").ts()).isEqualTo(waits.ts());

    stage.slack().lab().clearFaults(null);
    clicks("bob", waits, "approval.approve");
    answer(question, "✅", "4 nodes · took", "Approved 1/1");
  }

  @Test
  void approvalP6_aPersonWhoRejectsIsAskedWhyAndTheReasonIsKeptAndShown() throws Exception {
    String question = says("ann", DEPLOY);
    SeenMessage waits = answer(question, "Awaits approval");
    clicks("bob", waits, "approval.reject");
    String dialog = stage.slack().people().awaitModal("bob", FleetStage.PATIENCE).orElseThrow();
    assertThat(answer(question, "*0 of 1* approved so far").ts())
        .as("the button alone decides nothing")
        .isEqualTo(waits.ts());

    stage.slack().submit("bob", dialog, reason("not before the fair"));
    SeenMessage ended = answer(question, "Rejected", "not before the fair");
    assertThat(ended.ts()).isEqualTo(waits.ts());
    assertThat(ended.actionIds()).doesNotContain("approval.approve", "approval.reject");
    answer(question, "👎", "rejected: not before the fair");
    String asks = says("bob", "@bandmaster job " + number(waits));
    answer(asks, "not before the fair");
  }

  private static JsonNode reason(String words) {
    return JsonNodeFactory.instance
        .objectNode()
        .set("reason", JsonNodeFactory.instance.objectNode().put("value", words));
  }

  @Test
  void approvalP7_trapSamson_twoClicksWithinAMillisecondAreOneVote() throws Exception {
    stage.behave(Behaviours.late(Duration.ofSeconds(1), Behaviours.healthy()));
    String question = says("ann", DEPLOY);
    SeenMessage waits = answer(question, "Awaits approval");
    List<Thread> fingers =
        List.of(
            Thread.ofVirtual().start(() -> clicks("bob", waits, "approval.approve")),
            Thread.ofVirtual().start(() -> clicks("bob", waits, "approval.approve")));
    for (Thread finger : fingers) {
      finger.join();
    }
    answer(question, "✅", "4 nodes · took");
    assertThat(
            stage.slack().thread("#ops", question).stream()
                .filter(message -> message.shown().contains("👍")))
        .as("one line for one vote")
        .hasSize(1);
    assertThat(stage.fleet().ledger().repeated()).as("nothing ran twice").isEmpty();
  }

  @Test
  void approvalP11_anEmergencyOfSomebodyWhoMayIsConfirmedAnnouncedAndBegins() throws Exception {
    says("ann", DEPLOY + " --emergency \"the shop is down\"");
    whispered("U0ANN", "You may not run emergency on prod (web) here");

    String question = says("bob", DEPLOY + " --emergency \"the shop is down\"");
    SeenMessage really = answer(question, "web 1.4.2 on 4 nodes in prod", "without approval");
    clicks("bob", really, "command.confirm");
    awaitMessage(
        "those who look after security are told",
        () -> stage.slack().people().everything("#ops"),
        message ->
            message.shown().contains("without approval: the shop is down")
                && message.shown().contains("started"));
    awaitMessage(
        "it runs",
        () -> stage.slack().people().everything("#ops"),
        message -> message.shown().contains("✅") && message.shown().contains("4 nodes · took"));
    clicks("bob", really, "command.confirm");
    whispered("U0BOB", "Already confirmed");
  }
}
