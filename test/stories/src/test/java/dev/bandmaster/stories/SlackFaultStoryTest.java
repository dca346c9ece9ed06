package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Fault.Kind;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and Slack can do to a job's message and to the bot's connection meanwhile. */
class SlackFaultStoryTest {
  private static final Duration WORK = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private FleetStage stage;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    stage = new FleetStage(folder);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private Ending ending(String channel, String question) throws InterruptedException {
    return new Conversation(stage.slack(), "ann", channel)
        .await(question, FleetStage.PATIENCE)
        .orElseThrow();
  }

  @Test
  void aJobsMessageThatSomebodyTakesAwayIsPostedAgainAndShowsTheEnd() throws InterruptedException {
    stage.behave(Behaviours.late(WORK, Behaviours.healthy()));
    String question = stage.slack().say("ann", "#ops", "@bandmaster ping");
    SeenMessage first = stage.awaitAnswer("#ops", question, "0 of 4 nodes done");
    stage.slack().people().remove("bob", "#ops", first.ts());

    Ending end = ending("#ops", question);

    assertThat(end.thread())
        .as("the question and one message in the place of the one that is gone")
        .hasSize(2);
    assertThat(end.thread().getLast().ts()).isNotEqualTo(first.ts());
    assertThat(end.answer()).contains("4 nodes · took");
  }

  @Test
  void aPersonWhoWaitsForAJobInAChannelThatIsArchivedIsNotifiedInADirectMessage()
      throws InterruptedException {
    stage.behave(Behaviours.late(WORK, Behaviours.healthy()));
    String question = stage.slack().say("ann", "#ops", "@bandmaster ping");
    stage.awaitAnswer("#ops", question, "0 of 4 nodes done");
    stage.slack().people().archive("#ops");

    SeenMessage notified =
        FleetStage.awaitMessage(
            "ann is told",
            () -> stage.slack().messages("@ann"),
            message -> message.shown().contains("4 nodes · took"));

    assertThat(notified.shown()).contains("I could not post my reply to you in", "archived");
  }

  @Test
  void trap21_aStormOfRefreshesLosesNothingAndRunsNothingTwice() throws InterruptedException {
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      questions.add(stage.slack().say("ann", "@ann", "ping web000" + (i % 4 + 1)));
      stage.slack().fault(Fault.of(i % 3 == 0 ? Kind.SOCKET_WARNING : Kind.SOCKET_REFRESH));
    }
    for (String question : questions) {
      Ending end = ending("@ann", question);
      assertThat(end.isGood()).isTrue();
      assertThat(end.thread()).as("one message for each question").hasSize(2);
    }
  }
}
