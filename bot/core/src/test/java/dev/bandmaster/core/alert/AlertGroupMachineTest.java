package dev.bandmaster.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.fleet.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Episodes as stories: what happens at which second, and what people are notified of. */
class AlertGroupMachineTest {
  private final AlertGroupStory story = new AlertGroupStory();

  @Test
  void alertA1_whatFailsTogetherIsOneMessage() {
    story.falls("web1").until(10).falls("web2").until(29);
    assertThat(story.lines()).isEmpty();
    story.until(100);
    assertThat(story.lines()).containsExactly("30 draw!");
    assertThat(story.episode().firing()).hasSize(2);
  }

  @Test
  void alertA1_whatIsCriticalDoesNotWait() {
    story.falls("web1").until(10).fires(story.down("db1", Severity.CRITICAL));
    assertThat(story.lines()).containsExactly("10 draw!");
  }

  @Test
  void alertA1_whatIsOverBeforeAnybodyWasNotifiedIsNeverPosted() {
    story.falls("web1").until(20).returns("web1").until(1000);
    assertThat(story.lines()).isEmpty();
    assertThat(story.episode().hasEnded()).isTrue();
  }

  @Test
  void alertA1_oneChangeInFiveSecondsAndSlowerTheMoreThereWere() {
    story.falls("web0").until(30);
    IntStream.rangeClosed(1, 90).forEach(second -> story.falls("web" + second).until(30 + second));
    List<String> draws = story.lines().stream().filter(line -> line.contains("draw")).toList();
    assertThat(draws).containsExactly("30 draw!", "35 draw", "45 draw", "65 draw", "105 draw");
  }

  @Test
  void alertA1_reminders() {
    story.falls("web1").until(31 + 2 * 4 * 3600);
    assertThat(story.lines())
        .containsExactly("30 draw!", "14430 say 1 Reminder 1", "28830 say 2 Reminder 1");
  }

  @Test
  void alertA2_anEpisodeEndsAMinuteAfterTheLastRecovery() {
    story.falls("web1", "web2").until(40).returns("web1").until(50).returns("web2").until(1000);
    assertThat(story.lines())
        .containsExactly(
            "30 draw!",
            "40 say 1 Recovered [web1]",
            "40 draw",
            "50 say 2 Recovered [web2] all",
            "50 draw!",
            "110 draw!");
    assertThat(story.episode().hasEnded()).isTrue();
    story.falls("web3");
    assertThat(story.episode().firing()).as("a later failure is another episode").isEmpty();
  }

  @Test
  void alertA2_whoFailsAgainWithinThatMinuteGoesOnInTheSameMessage() {
    story.falls("web1").until(40).returns("web1").until(60).falls("web1").until(300);
    assertThat(story.lines())
        .containsExactly(
            "30 draw!",
            "40 say 1 Recovered [web1] all",
            "40 draw!",
            "60 say 2 Added [web1]",
            "60 draw");
    assertThat(story.episode().hasEnded()).isFalse();
  }

  @Test
  void alertA3_theChannelSeesItAgainOnlyWhenItGetsWorse() {
    story
        .falls("web1")
        .until(40)
        .falls("web2")
        .until(60)
        .fires(story.down("db1", Severity.CRITICAL));
    assertThat(story.lines())
        .containsExactly(
            "30 draw!",
            "40 say 1 Added [web2]",
            "40 draw",
            "60 say 2 Added [db1] to all",
            "60 draw");
  }

  @Test
  void alertA4_aChannelThatRefusesIsReplacedAndTheOwnerIsNotified() {
    story.falls("web1").until(31);
    story.happens(new AlertEvent.Refused("COPS", "It is archived."));
    assertThat(story.lines()).containsExactly("30 draw!", "31 complain COPS It is archived.");
    assertThat(story.episode().state().posts())
        .containsExactly(new Destination("CFALL", "", "COPS"));
    story.until(40).falls("web2").until(60);
    assertThat(story.episode().state().posts())
        .as("what belongs there is shown elsewhere already")
        .hasSize(1);
    story.happens(new AlertEvent.Refused("CFALL", "It is gone."));
    assertThat(story.episode().state().posts()).isEmpty();
    story.returns("web1", "web2").until(200);
    assertThat(story.episode().hasEnded()).isTrue();
  }

  @Test
  void alertA4_withoutAFallbackItIsSaidAllTheSame() {
    story.withoutFallback().falls("web1").until(31);
    story.happens(new AlertEvent.Refused("COPS", "It is archived."));
    assertThat(story.lines()).contains("31 complain COPS It is archived.");
    assertThat(story.episode().state().posts()).isEmpty();
  }

  @Test
  void alertA5_anAcknowledgementStopsRemindersAndLapsesAfterEightHours() {
    story.falls("web1").until(40).acknowledged().until(40 + 8 * 3600);
    assertThat(story.lines())
        .containsExactly(
            "30 draw!",
            "40 say 1 Acknowledged",
            "40 draw",
            "28840 say 2 Lapsed it is still firing after 8 h",
            "28840 draw");
    story.until(43240);
    assertThat(story.lines()).last().isEqualTo("43240 say 3 Reminder 1");
  }

  @Test
  void alertA5_itLapsesWhenItGetsWorse() {
    story.falls("web1").until(40).acknowledged().until(50).falls("web2").until(60);
    assertThat(story.episode().state().acknowledged()).isPresent();
    story.fires(story.down("db1", Severity.CRITICAL));
    assertThat(story.episode().state().acknowledged()).isEmpty();
    assertThat(story.lines()).contains("60 say 3 Lapsed it got worse");
  }

  @Test
  void alertA5_itNeverHidesARecovery() {
    story.falls("web1").until(40).acknowledged().until(50).returns("web1");
    assertThat(story.lines()).contains("50 say 2 Recovered [web1] all", "50 draw!");
  }

  @Test
  void alertA6_whatIsSilencedIsNotPostedAndIsAnnouncedWhenTheSilenceEnds() {
    story.silences("web1", 600).falls("web1").until(599);
    assertThat(story.lines()).isEmpty();
    story.until(1000);
    assertThat(story.lines()).containsExactly("600 draw!");
  }

  @Test
  void alertA6_whatWasPostedAndIsSilencedLaterIsFollowed() {
    story.falls("web1").until(40).silences("web1", 6 * 3600).until(40 + 6 * 3600);
    assertThat(story.lines())
        .containsExactly(
            "30 draw!", "40 say 1 Silenced", "40 draw", "21640 say 2 SilenceOver 1", "21640 draw");
  }

  @Test
  void alertA6_aRecoveryUnderASilenceIsSaid() {
    story.falls("web1").until(40).silences("web1", 3600).until(100).returns("web1").until(200);
    assertThat(story.lines()).contains("100 say 2 Recovered [web1] all");
    assertThat(story.episode().hasEnded()).isTrue();
  }

  @Test
  void alertA8_theSameFailureIsCountedAndIsOverAfterHalfAnHourOfQuiet() {
    Alert failed =
        Alert.of("job:deploy", Severity.WARNING, "deploy web", "failed", "", AlertGroupStory.START)
            .overAfter(Duration.ofMinutes(30));
    story.fires(failed).until(60).fires(failed).until(120).fires(failed).until(200);
    assertThat(story.episode().firing()).hasSize(1);
    assertThat(story.episode().firing().getFirst().count()).isEqualTo(3);
    story.until(120 + 1800 + 61);
    assertThat(story.episode().hasEnded()).isTrue();
    assertThat(story.lines())
        .containsExactly(
            "30 draw!",
            "60 draw",
            "120 draw",
            "1920 say 1 Recovered [deploy web] all",
            "1920 draw!",
            "1980 draw!");
  }

  @Test
  void alertA8_somebodyClosesIt() {
    story
        .fires(
            Alert.of("k", Severity.WARNING, "deploy", "failed", "", AlertGroupStory.START)
                .overAfter(Duration.ofHours(12)))
        .until(40)
        .happens(new AlertEvent.Closed("bob"))
        .until(200);
    assertThat(story.lines())
        .containsExactly("30 draw!", "40 say 1 Closed", "40 draw", "100 draw!");
  }

  @Test
  void alertA9_whatIsSaidOnceMoreInTheSameWordsChangesNothing() {
    Alert full = Alert.of("k", Severity.WARNING, "db1", "is full", "db1", AlertGroupStory.START);
    story.fires(full).until(60);
    AlertGroup notified = story.episode();
    story.fires(full).until(300).fires(full);
    assertThat(story.episode()).isEqualTo(notified);
    story.fires(Alert.of("k", Severity.WARNING, "db1", "is 99 % full", "db1", story.now()));
    assertThat(story.episode().firing().getFirst().alert().text()).isEqualTo("is 99 % full");
    assertThat(story.episode().firing().getFirst().alert().since())
        .isEqualTo(AlertGroupStory.START);
    assertThat(story.lines()).containsExactly("30 draw!", "300 draw");
  }

  @Test
  void alertH9_allNamesFollowAMinuteLaterInTheThread() {
    List<String> names = IntStream.range(0, 50).mapToObj(i -> "web" + i).toList();
    story
        .fires(
            Alert.of("mass", Severity.CRITICAL, "50 of 60 nodes", "are silent", "", story.now())
                .standingFor(names))
        .until(300);
    assertThat(story.lines()).containsExactly("0 draw!", "60 say 1 Everybody 50");
  }

  @Test
  void peopleU17_sinceWhenIsWhatTheSenderSays() {
    Instant began = story.now().minus(Duration.ofHours(2));
    story.fires(Alert.of("k", Severity.CRITICAL, "db1", "is full", "db1", began)).until(60);
    assertThat(story.episode().since()).isEqualTo(began);
    assertThat(story.episode().began()).isAfter(began);
  }

  @Test
  void aChannelIsAddedWhenWhatFailsBelongsThere() {
    story
        .falls("web1")
        .until(40)
        .fires(story.down("shop1", Severity.WARNING).on(List.of("shop")))
        .until(60);
    assertThat(story.episode().state().posts())
        .containsExactly(Destination.in("COPS"), new Destination("CSHOP", "S0SHOP", ""));
  }
}
