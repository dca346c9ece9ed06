package dev.bandmaster.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many nodes at once, told with times in seconds. Nodes beat every 10 s and are down after 30 s of
 * silence; the bot sees clearly from second 11 on.
 */
class FleetStoriesTest {

  /** Twelve nodes in staging, eight in production. */
  private static Story fleet() {
    return new Story().nodes("staging", "web", 12).nodes("production", "shop", 8).until(60);
  }

  private static String[] names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }

  // --- A record that is at fault ---

  @Test
  void isolation_aNodeThatCannotBeDecidedForEverHidesNoOther() {
    Story story = fleet().silence("web1").poison("web1").until(75);
    story.silence("web2", "shop1").until(120);
    assertThat(story.lines()).containsExactly("112 NodeDown shop1", "113 NodeDown web2");
    story.wake("web2").until(200);
    assertThat(story.lines()).endsWith("122 NodeBack web2 UP");
    story.until(250).silenceAll("production").until(300);
    assertThat(story.lines()).last().asString().contains("MassLoss production");
    story.wakeAll().until(700);
    assertThat(story.lines()).last().asString().contains("IncidentOver");
  }

  @Test
  void isolation_aNodeThatCanBeDecidedAgainHasAWholeTimeout() {
    Story story = fleet().silence("web1").poison("web1").until(200);
    assertThat(story.lines()).isEmpty();
    story.beat("web1").until(225);
    assertThat(story.lines()).isEmpty();
    assertThat(story.state("web1")).isEqualTo(NodeState.LATE);
    assertThat(story.until(231).lines()).hasSize(1);
  }

  // --- H6: was it me? ---

  @Test
  void alertH6_whatIsNotTakenInYetIsHeldAgainstNobody() {
    Story story = fleet().silence("web1").until(75).sees(BusHealth.BEHIND).until(200);
    assertThat(story.lines()).isEmpty();
    story.sees(BusHealth.CLEAR).until(210);
    assertThat(story.lines()).as("not before everything was well for 10 s").isEmpty();
    assertThat(story.until(211).lines()).containsExactly("211 NodeDown web1");
  }

  @Test
  void alertH6_aStoreThatTakesNothingMakesTheBotCareful() {
    Story story = fleet().silence("web1").until(80);
    story.detector().storeFailed();
    assertThat(story.until(90).lines()).isEmpty();
    assertThat(story.until(91).lines()).containsExactly("91 NodeDown web1");
  }

  @Test
  void alertH6_aShortCutOfTheConnectionCostsNobodyItsGoodName() {
    Story story = fleet();
    for (int second = 60; second < 600; second += 20) {
      story.until(second).sees(BusHealth.NO_BROKER).until(second + 8L).sees(BusHealth.CLEAR);
    }
    assertThat(story.until(700).lines()).isEmpty();
  }

  @Test
  void alertH6_andADeadNodeIsNamedAllTheSame() {
    Story story = fleet().silence("web1");
    for (int second = 60; second < 400; second += 20) {
      story.until(second).sees(BusHealth.NO_BROKER).until(second + 5L).sees(BusHealth.CLEAR);
    }
    assertThat(story.lines()).hasSize(1);
    assertThat(story.lines().getFirst()).endsWith("NodeDown web1");
  }

  // --- H7: I was away ---

  @Test
  void alertH7_whoDiedWhileTheBotWasAwayIsNamedInOneDigest() {
    Story story = fleet().sleeps().until(120).silence("web1", "web2", "shop3");
    story.until(540).restarts().until(570);
    assertThat(story.lines()).as("everybody has a timeout to be heard").isEmpty();
    story.until(800);
    assertThat(story.lines())
        .containsExactly("571 DigestAfterAbsence 60-541 [shop3,web1,web2] of 20");
  }

  @Test
  void alertH7_aBotThatWasSuspendedSaysTheSame() {
    Story story = fleet().sleeps().until(120).silence("web1").until(540).wakesUp().until(800);
    assertThat(story.lines()).containsExactly("571 DigestAfterAbsence 60-541 [web1] of 20");
  }

  @Test
  void alertH7_whenNobodyIsMissingNothingIsSaid() {
    Story story = fleet().sleeps().until(540).restarts().until(1_000);
    assertThat(story.lines()).isEmpty();
  }

  @Test
  void alertH7_whoWasDownBeforeIsNotAnnouncedAgainAndComesBackAsItself() {
    Story story = fleet().silence("web1").until(100).sleeps().until(540).restarts().until(600);
    story.wake("web1").until(620);
    assertThat(story.lines()).containsExactly("81 NodeDown web1", "601 NodeBack web1 UP");
  }

  @Test
  void alertH7_whoWasNamedInTheDigestIsSaidToBeBack() {
    Story story = fleet().sleeps().silence("web1").until(540).restarts().until(600);
    story.wake("web1").until(620);
    assertThat(story.lines())
        .containsExactly("571 DigestAfterAbsence 60-541 [web1] of 20", "601 NodeBack web1 UP");
  }

  @Test
  void alertH7_aPauseOfAFewSecondsIsNoAbsence() {
    Story story = fleet().silence("web1").until(70).sleeps().until(84).wakesUp().until(200);
    assertThat(story.lines())
        .as("what was not heard meanwhile is not held against anybody")
        .containsExactly("96 NodeDown web1");
  }

  // --- H8: the bus ---

  @Test
  void alertH8_withoutTheBrokerOneAlertAndNoneOfANode() {
    Story story = fleet().sees(BusHealth.NO_BROKER).until(2_000);
    assertThat(story.lines()).containsExactly("76 BusUnreachable away");
    story.sees(BusHealth.CLEAR).until(3_000);
    assertThat(story.lines())
        .containsExactly("76 BusUnreachable away", "2042 IncidentOver BUS [] of 20");
  }

  @Test
  void alertH8_whoIsMissingAfterItsReturnIsNamedOnce() {
    Story story =
        fleet().sees(BusHealth.NO_BROKER).until(100).silence("web1", "shop1").until(2_000);
    story.sees(BusHealth.CLEAR).until(3_000);
    assertThat(story.lines())
        .containsExactly("76 BusUnreachable away", "2042 IncidentOver BUS [shop1,web1] of 20");
  }

  @Test
  void alertH8_aBrokerThatIsThereAndBringsNoBeatIsTheSame() {
    Story story = fleet().sees(BusHealth.NO_BROKER).until(65);
    story.silenceAll("staging").silenceAll("production").sees(BusHealth.CLEAR).until(150);
    assertThat(story.lines()).containsExactly("86 BusUnreachable mute");
    story.wakeAll().until(400);
    assertThat(story.lines())
        .containsExactly("86 BusUnreachable mute", "181 IncidentOver BUS [] of 20");
  }

  @Test
  void alertH8_aBotThatStartsWithoutABrokerSaysSo() {
    Story story = fleet().sees(BusHealth.NO_BROKER).sleeps().until(600).restarts().until(640);
    assertThat(story.lines()).hasSize(1);
    assertThat(story.lines().getFirst()).endsWith("BusUnreachable away");
  }

  // --- H9: mass loss ---

  @Test
  void alertH9_halfOfAScopeIsOneIncident() {
    Story story = fleet().silence(names("web", 6)).until(120);
    assertThat(story.lines()).containsExactly("81 MassLoss staging 6 of 12");
    Detection.MassLoss loss = (Detection.MassLoss) story.said().getFirst().finding();
    assertThat(loss.silent()).containsExactly("web1", "web2", "web3", "web4", "web5", "web6");
    assertThat(loss.labels().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(story.state("web1")).isEqualTo(NodeState.DOWN);
  }

  @Test
  void alertH9_aWholeEnvironmentIsOneIncidentWhileOthersBeat() {
    Story story = fleet().silenceAll("staging").until(100);
    assertThat(story.lines()).containsExactly("81 MassLoss staging 12 of 12");
  }

  @Test
  void alertH9_lessThanHalfAreNamedOneByOne() {
    Story story = fleet().silence(names("web", 5)).until(200);
    assertThat(story.lines())
        .containsExactlyInAnyOrder(
            "81 NodeDown web1",
            "82 NodeDown web2",
            "83 NodeDown web3",
            "84 NodeDown web4",
            "85 NodeDown web5");
  }

  @Test
  void alertH9_twoNodesAreNoMass() {
    Story story = new Story().nodes("production", "shop", 9).nodes("staging", "web", 2);
    story.until(60).silenceAll("staging").until(200);
    assertThat(story.lines()).containsExactly("81 NodeDown web1", "82 NodeDown web2");
  }

  @Test
  void alertH9_whoWasDownForLongDoesNotCount() {
    Story story = fleet().silence(names("web", 5)).until(600).forgetWhatWasSaid();
    story.silence("web6").until(800);
    assertThat(story.lines()).containsExactly("626 NodeDown web6");
  }

  @Test
  void alertH9_whoIsInMaintenanceDoesNotCount() {
    Story story = fleet();
    for (String node : names("web", 5)) {
      story.happens(node, new NodeEvent.Maintained(Optional.of(story.now().plusSeconds(3_600))));
    }
    story.silence(names("web", 6)).until(200);
    assertThat(story.lines()).containsExactly("86 NodeDown web6");
  }

  @Test
  void alertH9_whoFallsSilentLaterBelongsToIt() {
    Story story = fleet().silence(names("web", 6)).until(85).silence("web7", "web8").until(190);
    assertThat(story.lines())
        .containsExactly(
            "81 MassLoss staging 6 of 12",
            "92 MassLoss staging 7 of 12",
            "97 MassLoss staging 8 of 12");
  }

  // --- H10: everybody ---

  @Test
  void alertH10_whenAllFallSilentItIsMoreLikelyUs() {
    Story story = fleet().silenceAll("staging").silenceAll("production").until(120);
    assertThat(story.lines()).containsExactly("81 Isolated 20");
    assertThat(story.state("web1")).as("not called down").isEqualTo(NodeState.LATE);
    story.wakeAll().until(400);
    assertThat(story.lines())
        .containsExactly("81 Isolated 20", "151 IncidentOver ISOLATED [] of 20");
  }

  @Test
  void alertH10_whatWasSaidOfAnEnvironmentEndsWhereTheWholeFleetFollows() {
    Story story = fleet().silenceAll("staging").until(100).silenceAll("production").until(200);
    assertThat(story.lines())
        .containsExactly(
            "81 MassLoss staging 12 of 12",
            "121 IncidentOver MASS_LOSS [] of 12",
            "121 Isolated 8");
    story.wake(names("web", 11)).wake(names("shop", 8)).until(400);
    assertThat(story.lines()).hasSize(4);
    assertThat(story.lines().getLast()).endsWith("IncidentOver ISOLATED [web12] of 20");
  }

  // --- H11: beats come back ---

  @Test
  void alertH11_whenBeatsComeBackTheMissingAreNamedOnceTogether() {
    Story story = fleet().silenceAll("staging").until(100);
    story.wake(names("web", 9)).until(300);
    assertThat(story.lines())
        .containsExactly(
            "81 MassLoss staging 12 of 12", "131 IncidentOver MASS_LOSS [web10,web11,web12] of 12");
    story.wake("web10").until(320);
    assertThat(story.lines().getLast()).endsWith("NodeBack web10 UP");
  }

  @Test
  void alertH11_afterFourTimeoutsTheMissingAreNamedAnyway() {
    Story story = fleet().silenceAll("staging").until(400);
    assertThat(story.lines())
        .containsExactly("81 MassLoss staging 12 of 12", "201 IncidentOver MASS_LOSS 12 of 12");
  }

  @Test
  void alertH11_soItIsWhenEverybodyIsGone() {
    Story story = fleet().silenceAll("staging").silenceAll("production").until(400);
    assertThat(story.lines())
        .containsExactly("81 Isolated 20", "201 IncidentOver ISOLATED 20 of 20");
    assertThat(story.state("web1")).isEqualTo(NodeState.DOWN);
  }

  @Test
  void alertH11_anIncidentOutlivesTheProcess() {
    Story story = fleet().silenceAll("staging").until(100).restarts().until(110);
    story.wake(names("web", 11)).until(400);
    assertThat(story.lines()).hasSize(2);
    assertThat(story.lines().getLast()).endsWith("IncidentOver MASS_LOSS [web12] of 12");
  }

  // --- Size ---

  @Test
  void aLargeFleetIsDecidedUponInPiecesAndStillIsOneIncident() {
    Story story = new Story().nodes("staging", "web", 5_000).nodes("production", "shop", 4_000);
    story.until(60).silenceAll("staging").until(400);
    assertThat(story.lines())
        .containsExactly(
            "81 MassLoss staging 5000 of 5000", "201 IncidentOver MASS_LOSS 5000 of 5000");
  }
}
