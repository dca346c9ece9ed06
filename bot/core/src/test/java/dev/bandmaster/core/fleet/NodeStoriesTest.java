package dev.bandmaster.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * One node after the other, told with times in seconds. Nodes beat every 10 s, are late after 15 s
 * of silence and down after 30 s; the bot sees clearly from second 11 on.
 */
class NodeStoriesTest {

  /** A fleet that is too large for three silent nodes to be half of it. */
  private static Story fleet() {
    return new Story().nodes("staging", "web", 9).until(60);
  }

  @Test
  void alertH1_whatIsDeliveredTwiceOrLateChangesNothing() {
    Story story = fleet();
    PresenceEvent old = story.alive("web1", story.now());
    story.until(75).silence("web1").until(80);
    Instant lastSeen = story.detector().life("web1").orElseThrow().lastSeen().at();
    story.deliver(old).until(85).deliver(old);
    assertThat(story.detector().life("web1").orElseThrow().lastSeen().at()).isEqualTo(lastSeen);
    story.until(110);
    assertThat(story.lines()).containsExactly("101 NodeDown web1");
  }

  @Test
  void alertH1_anEarlierLifeProvesNothing() {
    Story story = fleet();
    PresenceEvent earlier = story.alive("web1", story.now());
    story.restart("web1").until(71).silence("web1").until(90).deliver(earlier).until(110);
    assertThat(story.lines()).containsExactly("101 NodeDown web1");
  }

  @Test
  void alertH1_aBeatThatWaitedLongerThanTheTimeoutProvesNoLife() {
    Story story = fleet().silence("web1");
    Instant died = story.now();
    story.until(90).beatSentAt("web1", died.minusSeconds(1)).until(100);
    assertThat(story.lines()).containsExactly("81 NodeDown web1");
    assertThat(story.beatSentAt("web1", story.now().minusSeconds(29)).until(101).lines())
        .containsExactly("81 NodeDown web1", "101 NodeBack web1 UP");
  }

  @Test
  void alertH1_aClockThatIsAheadDoesNotKeepADeadNodeAlive() {
    Story story = fleet().silence("web1");
    story.beatSentAt("web1", story.now().plus(Duration.ofDays(1))).until(100);
    assertThat(story.lines()).containsExactly("90 NodeDown web1");
  }

  @Test
  void alertH2_trap1_aBeatThatIsAFifthLateIsNoFailure() {
    Story story = fleet().silence("web1");
    for (int second = 63; second < 600; second += 12) {
      story.until(second).beat("web1");
      assertThat(story.state("web1")).isEqualTo(NodeState.UP);
    }
    assertThat(story.lines()).isEmpty();
    assertThat(story.probed()).isEmpty();
  }

  @Test
  void alertH2_aSilentNodeIsProbedAfterAnIntervalAndAHalfAndDownAfterThree() {
    Story story = fleet().silence("web1").until(65);
    assertThat(story.state("web1")).isEqualTo(NodeState.UP);
    story.until(66);
    assertThat(story.state("web1")).isEqualTo(NodeState.LATE);
    assertThat(story.probed()).containsExactly("web1");
    story.until(80);
    assertThat(story.lines()).isEmpty();
    story.until(200);
    assertThat(story.state("web1")).isEqualTo(NodeState.DOWN);
    assertThat(story.lines()).containsExactly("81 NodeDown web1");
    assertThat(story.probed()).containsExactly("web1");
  }

  @Test
  void alertH2_whoAnswersTheProbeIsUpAgainAndNobodyIsNotified() {
    Story story = fleet().silence("web1").until(70);
    assertThat(story.state("web1")).isEqualTo(NodeState.LATE);
    story.introduce("web1").until(71);
    assertThat(story.state("web1")).isEqualTo(NodeState.UP);
    assertThat(story.wake("web1").until(200).lines()).isEmpty();
  }

  @Test
  void alertH2_theTimeoutIsThreeIntervalsWithinBoundsAndNeverTheInterval() {
    DetectorRules rules = DetectorRules.standard("main");
    assertThat(rules.timeout(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(30));
    assertThat(rules.timeout(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(60));
    assertThat(rules.timeout(Duration.ofHours(9))).isEqualTo(Duration.ofHours(24));
    DetectorRules hasty =
        new DetectorRules(
            "main",
            Optional.of(Duration.ofSeconds(10)),
            rules.startupGrace(),
            rules.observerGrace(),
            rules.forgetAfter(),
            Set.of(),
            Set.of());
    assertThat(hasty.timeout(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(15));
    assertThat(hasty.timeout(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void alertH2_theDeadlineIsKeptNeverHalfATimeoutLate() {
    Story story = fleet().until(300);
    Instant deadline = story.detector().life("web1").orElseThrow().deadline();
    story.silence("web1").until(305).restarts().until(400);
    assertThat(deadline).isEqualTo(Story.START.plusSeconds(321));
    assertThat(story.lines()).as("no later than 15 s and a blink").hasSize(1);
    assertThat(story.said().getFirst().second()).isBetween(321L, 366L);
  }

  @Test
  void alertH4_whoSaysGoodbyeIsMissedByNobody() {
    Story story = fleet().leave("web1").until(300);
    assertThat(story.state("web1")).isEqualTo(NodeState.LEFT);
    assertThat(story.lines()).isEmpty();
    assertThat(story.restart("web1").until(320).state("web1")).isEqualTo(NodeState.UP);
    assertThat(story.lines()).isEmpty();
  }

  @Test
  void alertH4_whoWasDismissedStaysSoUntilItsAgentIsRestarted() {
    Story story = fleet().happens("web1", new NodeEvent.Dismissed()).until(100);
    assertThat(story.state("web1")).isEqualTo(NodeState.LEFT);
    assertThat(story.restart("web1").until(120).state("web1")).isEqualTo(NodeState.UP);
    assertThat(story.lines()).isEmpty();
  }

  @Test
  void alertH4_whoIsDismissedWhileItIsDownIsAlarmedOfNoMore() {
    Story story = fleet().silence("web1").until(100);
    story.happens("web1", new NodeEvent.Dismissed()).until(101);
    assertThat(story.lines()).containsExactly("81 NodeDown web1", "101 NodeBack web1 LEFT");
  }

  @Test
  void alertH4_afterThreeDaysANodeThatLeftOrDiedIsForgotten() {
    long days = Duration.ofDays(3).toSeconds();
    Story story = fleet().silence("web1").leave("web2").until(days + 60);
    assertThat(story.kept("web2")).contains(NodeState.LEFT);
    story.until(days + 70);
    assertThat(story.kept("web2")).isEmpty();
    assertThat(story.kept("web1")).contains(NodeState.DOWN);
    story.until(days + 90);
    assertThat(story.kept("web1")).isEmpty();
    assertThat(story.detector().life("web1")).isEmpty();
  }

  @Test
  void alertH5_aNewNodeIsListedAndNobodyIsPaged() {
    Story story = fleet().nodes("staging", "web", 12).until(80);
    assertThat(story.kept("web12")).contains(NodeState.UP);
    assertThat(story.lines()).isEmpty();
  }

  @Test
  void alertH5_anExpectedNodeThatNeverCameIsNamedAfterTheStartupGrace() {
    Story story = fleet().expecting("web1", "db1").until(360);
    assertThat(story.kept("db1")).contains(NodeState.NEW);
    assertThat(story.lines()).isEmpty();
    story.until(700);
    assertThat(story.lines()).containsExactly("361 NeverSeen db1");
    story.nodes("staging", "db", 1).until(720);
    assertThat(story.lines()).containsExactly("361 NeverSeen db1", "701 NodeBack db1 UP");
  }

  @Test
  void alertH5_aBotThatIsStartedAgainAndAgainStillNamesIt() {
    Story story = fleet().expecting("db1");
    for (int second = 120; second < 600; second += 60) {
      story.until(second).restarts();
    }
    assertThat(story.until(600).lines()).hasSize(1);
    assertThat(story.said().getFirst().second()).isBetween(360L, 375L);
  }

  @Test
  void alertH12_aNodeThatComesAndGoesIsSaidToFlapOnceAndHowItEnded() {
    Story story = fleet().silence("web1");
    for (int round = 0; round < 40; round++) {
      story.until(61 + round * 40L).beat("web1");
    }
    List<String> lines = story.lines();
    assertThat(lines).filteredOn(line -> line.contains("Flapping")).hasSize(1);
    assertThat(lines.getLast()).contains("FlappingBegan web1");
    int before = lines.size();
    assertThat(before).as("a few times it was named like any other").isLessThan(20);
    story.forgetWhatWasSaid().wake("web1").until(4_000);
    assertThat(story.lines()).hasSize(1);
    assertThat(story.lines().getFirst()).endsWith("FlappingEnded web1 UP");
  }

  @Test
  void alertH12_whoEndsItsFlappingByDyingIsDownAndComesBack() {
    Story story = fleet().silence("web1");
    for (int round = 0; round < 40; round++) {
      story.until(61 + round * 40L).beat("web1");
    }
    story.forgetWhatWasSaid().until(4_000);
    assertThat(story.lines()).hasSize(1);
    assertThat(story.lines().getFirst()).endsWith("FlappingEnded web1 DOWN");
    Detection ended = story.said().getFirst().finding();
    assertThat(ended.begins()).contains("node_down:web1");
    story.wake("web1").until(4_020);
    assertThat(story.lines().getLast()).endsWith("NodeBack web1 UP");
    assertThat(story.said().getLast().finding().ends()).containsExactly("node_down:web1");
  }

  @Test
  void alertH13_whoBeatsAndAnswersNothingIsAZombie() {
    Story story = fleet().happens("web1", new NodeEvent.Unanswered()).until(89);
    assertThat(story.probed()).as("asked once more").containsExactly("web1");
    assertThat(story.state("web1")).isEqualTo(NodeState.UP);
    story.until(200);
    assertThat(story.state("web1")).isEqualTo(NodeState.ZOMBIE);
    assertThat(story.lines()).containsExactly("90 Zombie web1");
    story.introduce("web1").until(201);
    assertThat(story.state("web1")).isEqualTo(NodeState.UP);
    assertThat(story.lines()).containsExactly("90 Zombie web1", "201 NodeBack web1 UP");
  }

  @Test
  void alertH13_whoAnswersTheProbeIsNone() {
    Story story = fleet().happens("web1", new NodeEvent.Unanswered()).until(70);
    assertThat(story.introduce("web1").until(200).lines()).isEmpty();
    story.happens("web1", new NodeEvent.Unanswered()).until(210);
    story.happens("web1", new NodeEvent.Answered());
    assertThat(story.until(300).lines()).isEmpty();
  }

  @Test
  void alertH13_aZombieThatFallsSilentIsDown() {
    Story story = fleet().happens("web1", new NodeEvent.Unanswered()).until(100);
    story.silence("web1").until(140);
    assertThat(story.lines()).containsExactly("90 Zombie web1", "121 NodeDown web1");
    assertThat(story.said().getLast().finding().ends()).containsExactly("zombie:web1");
  }

  @Test
  void alertA7_aNodeInMaintenanceFailsInSilenceAndIsNamedWhenTheTimeIsOver() {
    Story story = fleet();
    Instant end = story.now().plusSeconds(120);
    story.happens("web1", new NodeEvent.Maintained(Optional.of(end)));
    story.silence("web1").until(179);
    assertThat(story.state("web1")).isEqualTo(NodeState.DOWN);
    assertThat(story.lines()).isEmpty();
    assertThat(story.until(200).lines()).containsExactly("180 NodeDown web1");
  }

  @Test
  void alertA7_whoIsBackBeforeTheEndOfItsMaintenanceIsNeverNamed() {
    Story story = fleet();
    Instant end = story.now().plusSeconds(120);
    story.happens("web1", new NodeEvent.Maintained(Optional.of(end)));
    story.silence("web1").until(150).wake("web1").until(400);
    assertThat(story.lines()).isEmpty();
  }

  @Test
  void alertA6_whatFailsWhileItIsSilencedIsNamedWhenSomebodyWantsNotificationsAgain() {
    Story story = fleet();
    Instant end = story.now().plusSeconds(3_600);
    story.happens("web1", new NodeEvent.Silenced(Optional.of(end)));
    story.silence("web1").until(100);
    assertThat(story.lines()).isEmpty();
    story.happens("web1", new NodeEvent.Silenced(Optional.empty())).until(101);
    assertThat(story.lines()).containsExactly("101 NodeDown web1");
  }

  @Test
  void whatWasSaidOfANodeIsSaidOnceHoweverOftenTheBotIsStarted() {
    Story story = fleet().silence("web1").until(100).restarts().until(130).restarts();
    assertThat(story.until(400).lines()).containsExactly("81 NodeDown web1");
    story.wake("web1").until(420);
    assertThat(story.lines()).containsExactly("81 NodeDown web1", "401 NodeBack web1 UP");
  }
}
