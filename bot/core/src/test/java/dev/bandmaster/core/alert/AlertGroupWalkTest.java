package dev.bandmaster.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.GroupedAlert.Known;
import dev.bandmaster.core.fleet.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets random things happen to an episode, and checks what must always hold. */
class AlertGroupWalkTest {
  private static final Logger LOG = LoggerFactory.getLogger(AlertGroupWalkTest.class);
  private static final int WALKS = 300;
  private static final int STEPS = 60;
  private static final int NODES = 5;

  @Test
  void whateverHappensPeopleKnowInTheEndWhatIsWrong() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random walks with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    for (int walk = 0; walk < WALKS; walk++) {
      walk(random, "seed " + seed + ", walk " + walk);
    }
  }

  private static void walk(Random random, String where) {
    AlertGroupStory story = new AlertGroupStory();
    long second = 0;
    for (int step = 0; step < STEPS && !story.episode().hasEnded(); step++) {
      second += random.nextInt(60);
      story.until(second);
      String node = "web" + random.nextInt(NODES);
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> story.falls(node);
        case 3, 4, 5 -> story.returns(node);
        case 6 -> story.acknowledged();
        case 7 -> story.silences(node, 1 + random.nextInt(300));
        case 8 ->
            story.happens(
                new AlertEvent.Fired(story.down(node, Severity.CRITICAL), Optional.empty()));
        default -> story.happens(new AlertEvent.Refused("COPS", "no"));
      }
      check(story, where);
    }
    // When nothing happens for a while, everybody knows what fires.
    story.until(second + 700);
    assertThat(story.episode().firing())
        .as(where)
        .allMatch(member -> member.known() == Known.FIRING);
    for (int node = 0; node < NODES; node++) {
      story.returns("web" + node);
    }
    story.until(second + 1500);
    assertThat(story.episode().hasEnded()).as(where).isTrue();
    assertThat(story.episode().state().members().values())
        .as(where)
        .noneMatch(member -> member.known() == Known.FIRING);
    check(story, where);
  }

  private static void check(AlertGroupStory story, String where) {
    List<Integer> numbers = new ArrayList<>();
    long drawn = -5;
    for (String line : story.lines()) {
      long at = Long.parseLong(line.substring(0, line.indexOf(' ')));
      if (line.contains(" draw")) {
        assertThat(at - drawn).as(where + " " + story.lines()).isGreaterThanOrEqualTo(5);
        drawn = at;
      }
      if (line.contains(" say ")) {
        numbers.add(Integer.parseInt(line.split(" ", -1)[2]));
      }
    }
    assertThat(numbers).as(where).isSorted().doesNotHaveDuplicates();
    AlertGroupState state = story.episode().state();
    if (!story.episode().hasEnded() && !state.members().isEmpty()) {
      assertThat(state.due()).as(where + " always something to come").isPresent();
      assertThat(state.due().orElseThrow()).as(where).isAfter(story.now());
    }
  }
}
