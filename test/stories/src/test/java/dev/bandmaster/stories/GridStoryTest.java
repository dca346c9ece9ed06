package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An organization (Enterprise Grid) with two workspaces, in which ann and bob act now from the one
 * and now from the other. The policy is the shipped one.
 */
class GridStoryTest {
  private static final String DEPLOY = "codeupdate prod web version=1.4.2 --canary 1 --batch 2";

  /** Every way in which ann's payloads may name her workspace. */
  private static final List<String> ANNS = List.of("ann", "ann@T0LAB", "ann@E0BAND", "ann@");

  @TempDir private static Path folder;
  private static FleetStage stage;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage = new FleetStage(folder, "prod", Workspace.grid());
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  private static String says(String person, String channel, String text) {
    return stage.slack().say(person, channel, "@bandmaster " + text);
  }

  private static SeenMessage answer(String channel, String question, String... words)
      throws InterruptedException {
    return stage.awaitAnswer(channel, question, words);
  }

  private static String number(SeenMessage message) {
    return message.shown().replaceAll("(?s).*?job (\\d+).*", "$1");
  }

  /** How often somebody alone was told this. */
  private static long whispers(String person, String words) {
    return stage.slack().people().everything("#ops").stream()
        .filter(message -> person.equals(message.ephemeralTo()) && message.shown().contains(words))
        .count();
  }

  private static void awaitWhispers(String person, String words, long count)
      throws InterruptedException {
    FleetStage.await(
        person + " is told " + count + " times: " + words, () -> whispers(person, words) >= count);
  }

  @Test
  void trustT1_annAsksInOneWorkspaceAndCannotApproveFromAnother() throws Exception {
    String question = says("ann", "#ops", DEPLOY);
    SeenMessage waits = answer("#ops", question, "Awaits approval", "1 of sre");
    String own = "You requested job " + number(waits);

    long count = 0;
    for (String ann : ANNS) {
      stage.slack().click(ann, "#ops", waits.ts(), "approval.approve");
      awaitWhispers("U0ANN", own, ++count);
    }
    for (String ann : ANNS) {
      says(ann, "#ops", "approve " + number(waits));
      awaitWhispers("U0ANN", own, ++count);
    }
    for (String ann : ANNS) {
      stage.slack().slash(ann, "#ops", "/bandmaster", "approve " + number(waits));
      awaitWhispers("U0ANN", own, ++count);
    }
    assertThat(stage.fleet().ledger().repeated()).isEmpty();
    assertThat(answer("#ops", question, "Awaits approval").shown()).doesNotContain("Approved");

    stage.slack().click("bob@T0LAB", "#ops", waits.ts(), "approval.approve");
    SeenMessage done = answer("#ops", question, "✅", "4 nodes · took", "Approved 1/1");
    assertThat(done.ts()).isEqualTo(waits.ts());
  }

  @Test
  void trustT1_theHomeTabShowsOnesOwnJobsAndNotOnesOwnRequestsToApprove() throws Exception {
    String question = says("ann@T0LAB", "#ops", DEPLOY);
    SeenMessage waits = answer("#ops", question, "Awaits approval");
    for (String ann : List.of("ann", "ann@E0BAND")) {
      stage.slack().people().openHome(ann, "home");
      FleetStage.await(
          "the home tab shows the job",
          () ->
              stage
                  .slack()
                  .interactions()
                  .views("ann")
                  .toString()
                  .contains("job " + number(waits)));
      assertThat(stage.slack().interactions().views("ann").toString())
          .doesNotContain("approval.approve");
    }
    String cancelled = says("ann@E0BAND", "#ops", "cancel " + number(waits));
    answer("#ops", cancelled, "Job " + number(waits) + " is cancelled");
    answer("#ops", question, "Cancelled by Ann Archer");
  }

  @Test
  void trustT1_whoamiAndLocksAreTheSameFromEverywhere() throws Exception {
    for (String ann : ANNS) {
      answer("#ops", says(ann, "#ops", "whoami"), "slack:E0BAND:W0ANN", "a member");
    }
    answer("#ops", says("ann@T0LAB", "#ops", "lock staging web looking into it"), "Locked.");
    answer("#ops", says("ann", "#ops", "lock staging web looking on"), "Locked.");
    says("bob", "#ops", "lock staging web my turn");
    awaitWhispers("U0BOB", "is locked by Ann Archer", 1);
    answer("#ops", says("ann@E0BAND", "#ops", "unlock staging web"), "is lifted");
  }

  @Test
  void slackK1_aMentionInAChannelHostedElsewhereIsAnswered() throws Exception {
    String question = says("ann", "#joint", "ping web*");
    SeenMessage answered =
        awaitMessage(
            "something is said in #joint",
            () -> stage.slack().people().everything("#joint"),
            message -> !message.ts().equals(question));
    assertThat(answered.shown()).as("the policy speaks").isNotBlank();
    String lab = says("bob@T0LAB", "#lab", "whoami");
    answer("#lab", lab, "slack:E0BAND:U0BOB");
    says("eve", "#joint", "ping web*");
    FleetStage.await(
        "eve is refused, not ignored",
        () ->
            stage.slack().people().everything("#joint").stream()
                .anyMatch(message -> "W0EVE".equals(message.ephemeralTo())));
  }
}
