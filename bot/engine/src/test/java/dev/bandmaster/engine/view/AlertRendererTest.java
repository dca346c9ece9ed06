package dev.bandmaster.engine.view;

import static dev.bandmaster.core.alert.AlertGroupStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.Acknowledgement;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertAction;
import dev.bandmaster.core.alert.AlertEvent;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupStory;
import dev.bandmaster.core.alert.Destination;
import dev.bandmaster.core.alert.GroupedAlert;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.alert.ThreadUpdate;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.plugin.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRendererTest {
  private static final AlertRenderer RENDERER = new AlertRenderer(new TimeText(ZoneOffset.UTC));

  private static AlertGroupStory story() {
    return new AlertGroupStory();
  }

  static Stream<Arguments> pictures() {
    String[] many = IntStream.range(10, 40).mapToObj(i -> "web" + i).toArray(String[]::new);
    return Stream.of(
        Arguments.of("alert-node-down", story().falls("web1").until(60)),
        Arguments.of("alert-many-nodes-down", story().falls(many).until(60)),
        Arguments.of(
            "alert-some-back",
            story().falls("web1", "web2", "web3").until(60).returns("web2").until(90)),
        Arguments.of("alert-acknowledged", story().falls("web1").until(60).acknowledged()),
        Arguments.of("alert-silenced", story().falls("web1").until(60).silences("web1", 3600)),
        Arguments.of("alert-over", story().falls("web1").until(100).returns("web1").until(300)),
        Arguments.of(
            "alert-mass-loss",
            story()
                .happens(
                    new AlertEvent.Fired(
                        Alert.of(
                                "mass_heartbeat_loss:prod",
                                Severity.CRITICAL,
                                "30 of 50 nodes",
                                "not heard; there are no alerts for single nodes",
                                "",
                                START)
                            .standingFor(List.of(many)),
                        Optional.of("30 of 50 nodes went silent")))),
        Arguments.of(
            "alert-digest-after-absence",
            story()
                .happens(
                    new AlertEvent.Fired(
                        story().down("web1", Severity.CRITICAL),
                        Optional.of(
                            "The bot was down 12:01:00–12:09:00; not heard since: 1 of 412 nodes")))),
        Arguments.of(
            "alert-failed-job", story().fires(failedJob()).until(60).fires(failedJob()).until(90)),
        Arguments.of(
            "alert-in-the-fallback-channel",
            story()
                .falls("web1")
                .until(60)
                .happens(new AlertEvent.Refused("COPS", "It is archived."))),
        Arguments.of(
            "alert-with-a-mention",
            story().fires(story().down("shop1", Severity.CRITICAL).on(List.of("shop")))));
  }

  private static Alert failedJob() {
    return Alert.of(
            "job:staging:deploy web",
            Severity.WARNING,
            "web 1.4.2",
            "job 81: web1 failed",
            "web1",
            START)
        .overAfter(Duration.ofMinutes(30));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void theMessageOfAnAlert(String name, AlertGroupStory story) throws IOException {
    AlertGroup episode = story.episode();
    GoldenMessages.check(name, RENDERER.message(episode, episode.state().posts().getFirst()));
  }

  static Stream<Arguments> words() {
    AlertGroupStory story = story().falls("web1", "web2").until(60);
    List<GroupedAlert> members = story.episode().firing();
    Acknowledgement by = new Acknowledgement("U2", "bob", START, Severity.WARNING);
    Silence silence =
        new Silence(
            1,
            Silence.Kind.SILENCE,
            Map.of("node", "web1"),
            START,
            START.plusSeconds(3600),
            "bob",
            "new disk.");
    return Stream.of(
        Arguments.of("added-one", new ThreadUpdate.Added(members.subList(0, 1))),
        Arguments.of("added", new ThreadUpdate.Added(members)),
        Arguments.of(
            "recovered",
            new ThreadUpdate.Recovered(
                members.stream().map(member -> member.over(START.plusSeconds(90))).toList(),
                false)),
        Arguments.of(
            "recovered-all",
            new ThreadUpdate.Recovered(
                List.of(members.getFirst().over(START.plusSeconds(90))), true)),
        Arguments.of("acknowledged", new ThreadUpdate.Acknowledged(by)),
        Arguments.of("lapsed", new ThreadUpdate.Lapsed(by, "it got worse")),
        Arguments.of("silenced", new ThreadUpdate.Silenced(silence)),
        Arguments.of("silence-over", new ThreadUpdate.SilenceOver(2)),
        Arguments.of("reminder", new ThreadUpdate.Reminder(1)),
        Arguments.of("closed", new ThreadUpdate.Closed("bob")),
        Arguments.of("everybody", new ThreadUpdate.Everybody(List.of("web1", "web2"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("words")
  void whatIsSaidInTheThread(String name, ThreadUpdate word) throws IOException {
    GoldenMessages.check("alert-word-" + name, RENDERER.reply(word));
  }

  @Test
  void trap26_aMessageOfManyMembersStaysWithinFiftyBlocks() {
    AlertGroupStory story =
        story().falls(IntStream.range(0, 5_000).mapToObj(i -> "web" + i).toArray(String[]::new));
    Message message = RENDERER.message(story.until(60).episode(), Destination.in("COPS"));
    assertThat(message.blocks()).hasSizeLessThan(20);
    assertThat(RENDERER.details(story.episode()).blocks()).hasSizeLessThan(30);
  }

  @Test
  void noButtonsAfterTheEnd() {
    AlertGroupStory story = story().falls("web1").until(60).returns("web1").until(300);
    assertThat(RENDERER.message(story.episode(), Destination.in("COPS")).blocks())
        .noneMatch(Message.Buttons.class::isInstance);
  }

  @Test
  void eachButtonIsACommand() {
    for (AlertAction action : AlertAction.values()) {
      assertThat(AlertAction.ofId(action.id())).contains(action);
      assertThat(action.typed("12")).contains(" 12");
    }
    assertThat(AlertAction.ofId("job.again")).isEmpty();
  }
}
