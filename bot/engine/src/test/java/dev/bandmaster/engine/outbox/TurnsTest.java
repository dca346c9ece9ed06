package dev.bandmaster.engine.outbox;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class TurnsTest {
  private static final Logger LOG = LoggerFactory.getLogger(TurnsTest.class);

  private final Turns turns = new Turns();

  private static Outbox.Item item(String id, String channel, Urgency urgency) {
    return new Outbox.Item(
        id,
        new Outbound.ChannelMessage(
            new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty()),
            Message.sentence(id),
            false),
        urgency,
        1,
        Optional.empty(),
        0,
        false);
  }

  private List<String> order(Instant now, Outbox.Item... items) {
    return turns.inOrder(List.of(items), now).stream().map(Outbox.Item::id).toList();
  }

  @Test
  void trustT18_urgencyCountsWithinAChannelAndAmongChannels() {
    assertThat(
            order(
                NOON,
                item("a1", "A", Urgency.NOW),
                item("b1", "B", Urgency.NOW),
                item("a2", "A", Urgency.SOON),
                item("c1", "C", Urgency.SOON),
                item("b2", "B", Urgency.PROGRESS)))
        .containsExactly("a1", "b1", "c1", "a2", "b2");
  }

  @Test
  void trustT18_amongEqualsTheChannelThatHadLeastGoesFirst() {
    turns.took(item("a0", "A", Urgency.NOW), NOON);
    Outbox.Item a = item("a1", "A", Urgency.NOW);
    Outbox.Item b = item("b1", "B", Urgency.NOW);
    assertThat(order(NOON, a, b)).containsExactly("b1", "a1");
    for (int i = 0; i <= Turns.SHARE; i++) {
      turns.took(a, NOON);
    }
    Outbox.Item soon = item("c1", "C", Urgency.SOON);
    assertThat(order(NOON, a, soon)).as("it had its share").containsExactly("c1", "a1");
    assertThat(order(NOON.plus(Turns.HALF), a, soon))
        .as("that is forgotten after a while")
        .containsExactly("a1", "c1");
  }

  /**
   * One place comes free at a time, and more is wanted than there is room for. Whatever others
   * want, nobody who wants something waits for ever, and a channel keeps its own order.
   */
  @Test
  void trustT18_nobodyWaitsForEverWhateverTheOthersWant() {
    long seed = System.nanoTime();
    LOG.info("Seed {}", seed);
    Random random = new Random(seed);
    Map<String, List<Outbox.Item>> waiting = new HashMap<>();
    Map<String, Integer> waits = new HashMap<>();
    Instant now = NOON;
    for (int step = 0; step < 3_000; step++) {
      for (int i = 0; i < 4; i++) {
        // The first channels flood with the most urgent, the last one has a word now and then.
        int channel = random.nextInt(5);
        Urgency urgency =
            channel < 3 ? Urgency.NOW : List.of(Urgency.values()).get(random.nextInt(3));
        if (channel < 4 || random.nextInt(30) == 0) {
          List<Outbox.Item> queue = waiting.computeIfAbsent("C" + channel, c -> new ArrayList<>());
          if (queue.size() < 8) {
            queue.add(item(step + ":" + i, "C" + channel, urgency));
          }
        }
      }
      List<Outbox.Item> due =
          waiting.values().stream()
              .flatMap(List::stream)
              .sorted(Comparator.comparing(Outbox.Item::urgency))
              .toList();
      if (due.isEmpty()) {
        continue;
      }
      Outbox.Item next = turns.inOrder(due, now).getFirst();
      String channel = next.content().channel();
      List<Outbox.Item> queue = waiting.getOrDefault(channel, List.of());
      assertThat(queue.stream().map(Outbox.Item::urgency))
          .as("seed %d, step %d: its own order", seed, step)
          .allMatch(urgency -> urgency.compareTo(next.urgency()) >= 0);
      queue.remove(next);
      turns.took(next, now);
      for (String each : waiting.keySet()) {
        boolean isWaiting =
            !each.equals(channel) && !waiting.getOrDefault(each, List.of()).isEmpty();
        waits.put(each, isWaiting ? waits.getOrDefault(each, 0) + 1 : 0);
        assertThat(waits.getOrDefault(each, 0))
            .as("seed %d, step %d: turns that %s waits", seed, step, each)
            .isLessThan(150);
      }
      now = now.plus(Duration.ofMillis(1_400));
    }
  }
}
