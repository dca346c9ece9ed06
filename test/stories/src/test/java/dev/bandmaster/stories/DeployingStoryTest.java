package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.testfleet.Behaviours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type while something is deployed: in its thread, beside it, and to be told of it. */
class DeployingStoryTest {
  private static final String DEPLOY = "@bandmaster codeupdate prod web version=1.4.2";

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

  private static SeenMessage answer(String question, String... words) throws InterruptedException {
    return stage.awaitAnswer("#ops", question, words);
  }

  private static void replies(String person, String thread, String text) {
    stage.slack().say(person, "#ops", "@bandmaster " + text, thread);
  }

  private static SeenMessage inDirect(String person, String... words) throws InterruptedException {
    return awaitMessage(
        person + " is told " + Arrays.toString(words),
        () -> stage.slack().people().everything("@" + person),
        message -> Arrays.stream(words).allMatch(message.shown()::contains));
  }

  @Test
  void peopleU5_peopleU12_theRequestReachesTheChannelAndItsThreadKnowsTheJob() throws Exception {
    String question = stage.slack().say("ann", "#ops", DEPLOY);
    answer(question, "Awaits approval");
    awaitMessage(
        "the channel sees the request with the group mentioned",
        () -> stage.slack().people().everything("#ops"),
        message ->
            message.shown().contains("needs 1 of ") && message.json().toString().contains("S0SRE"));
    replies("ann", question, "notify me");
    answer(question, "You get a direct message when job");
    replies("bob", question, "approve");
    answer(question, "✅", "4 nodes · took");
    inDirect("ann", "succeeded, ok on 4 of 4 nodes");
    replies("ann", question, "output");
    answer(question, "The output of all 4 nodes of job");
    replies("ann", question, "why");
    answer(question, "succeeded", "decided by");
  }

  @Test
  void peopleU5_bareStopInAJobsThreadCancelsIt() throws Exception {
    String question = stage.slack().say("ann", "#ops", DEPLOY);
    answer(question, "Awaits approval");
    replies("ann", question, "stop");
    answer(question, "🛑");
  }

  @Test
  void peopleU13_aChannelIsToldHowDeploysEndUntilItIsUnsubscribed() throws Exception {
    String subscribe =
        stage.slack().say("ann", "#deploys", "@bandmaster subscribe env=prod app=web");
    stage.awaitAnswer("#deploys", subscribe, "Subscribed", "unsubscribe 1");
    String question = stage.slack().say("ann", "#ops", DEPLOY);
    answer(question, "Awaits approval");
    replies("bob", question, "approve");
    answer(question, "✅", "4 nodes · took");
    awaitMessage(
        "the channel is told",
        () -> stage.slack().people().everything("#deploys"),
        message -> message.shown().contains("succeeded, ok on 4 of 4 nodes"));
    String list = stage.slack().say("ann", "#ops", "@bandmaster subscriptions");
    answer(list, "web in prod", "by Ann Archer");
    String unsubscribe = stage.slack().say("ann", "#ops", "@bandmaster unsubscribe 1");
    answer(unsubscribe, "Subscription 1 has ended.");
  }
}
