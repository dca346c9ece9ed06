package dev.bandmaster.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.fleet.Detection.NodeLate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets random things happen to a fleet and its bot, and checks what must always hold. */
class NodeWalkTest {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWalkTest.class);
  private static final int WALKS = 150;
  private static final int STEPS = 60;
  private static final int NODES = 7;

  @Test
  void whateverHappensNobodyIsAccusedWronglyAndNobodyIsForgotten() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random walks with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    for (int walk = 0; walk < WALKS; walk++) {
      walk(random, "seed " + seed + ", walk " + walk);
    }
  }

  private static void walk(Random random, String where) {
    Story story = new Story().nodes("staging", "web", NODES).nodes("production", "shop", NODES);
    Set<String> silent = new HashSet<>();
    long second = 60;
    story.until(second);
    for (int step = 0; step < STEPS; step++) {
      String node = (random.nextBoolean() ? "web" : "shop") + (1 + random.nextInt(NODES));
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> {
          story.silence(node);
          silent.add(node);
        }
        case 3, 4, 5 -> {
          story.wake(node);
          silent.remove(node);
        }
        case 6 -> {
          story.restart(node);
          silent.remove(node);
        }
        case 7 -> {
          story.leave(node);
          silent.add(node);
        }
        case 8 -> story.happens(node, new NodeEvent.Unanswered());
        case 9 -> story.introduce(node);
        case 10 -> story.sees(BusHealth.NO_BROKER);
        case 11 -> story.sees(BusHealth.BEHIND);
        case 12 -> story.restarts();
        default ->
            story.happens(
                node,
                new NodeEvent.Maintained(
                    Optional.of(story.now().plusSeconds(random.nextInt(100)))));
      }
      second += random.nextInt(60);
      story.until(second);
      story.sees(BusHealth.CLEAR);
    }
    // Ten quiet minutes later everything is as it is.
    story.until(second + 600);
    for (NodeRecord life : story.detector().lives()) {
      String what = "%s: %s %s".formatted(where, life, story.lines());
      if (!silent.contains(life.node()) && life.state() != NodeState.LEFT) {
        boolean isSeen =
            !life.lastSeen().at().isBefore(story.now().minus(Duration.ofSeconds(Story.INTERVAL)));
        assertThat(isSeen).as(what).isTrue();
        assertThat(life.state()).as(what).isIn(NodeState.UP, NodeState.ZOMBIE);
        assertThat(life.standing().notified())
            .as(what)
            .isIn(NotifiedState.NOTHING, NotifiedState.ZOMBIE);
      } else {
        assertThat(life.state()).as(what).isIn(NodeState.DOWN, NodeState.LEFT);
        if (life.state() == NodeState.DOWN) {
          assertThat(life.standing().notified()).as(what).isEqualTo(NotifiedState.DOWN);
        }
      }
      assertThat(story.kept(life.node())).as(what).contains(life.state());
    }
    assertThat(story.detector().incidents()).as(where).isEmpty();
    whatBeginsAndEndsAlternates(story.said(), where);
  }

  /** An alert is not begun twice without an end, but for those that say how they go on. */
  private static void whatBeginsAndEndsAlternates(List<Story.Said> said, String where) {
    Map<String, Instant> open = new HashMap<>();
    for (Story.Said each : said) {
      Detection finding = each.finding();
      assertThat(finding).isNotInstanceOf(NodeLate.class);
      finding.ends().forEach(open::remove);
      finding
          .begins()
          .filter(key -> !(finding instanceof Detection.MassLoss))
          .ifPresent(
              key -> assertThat(open.put(key, finding.at())).as("%s: %s", where, said).isNull());
    }
  }
}
