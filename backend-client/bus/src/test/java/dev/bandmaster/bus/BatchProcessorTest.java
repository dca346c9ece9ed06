package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bus.BatchConsumer.Delivery;
import dev.bandmaster.wire.Hints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a receiver that throws does to the deliveries. Time is ours. */
final class BatchProcessorTest {
  private static final Logger log = LoggerFactory.getLogger(BatchProcessorTest.class);
  private static final Hints HINTS = new Hints("", "", "");

  private final SplittableRandom random = new SplittableRandom(11);
  private final Set<Long> poison = new HashSet<>();
  private final List<Long> processed = new ArrayList<>();
  private final List<Long> discarded = new ArrayList<>();
  private final Set<Long> unacknowledged = new TreeSet<>();
  private Predicate<Long> alsoFails = tag -> false;
  private boolean outage;
  private int attempts;
  private long now;
  private long tags;

  private final BatchConsumer.Receiver receiver =
      new BatchConsumer.Receiver() {
        @Override
        public void accept(List<Delivery> batch) {
          attempts++;
          if (outage) {
            throw new IllegalStateException("the store is away (on purpose)");
          }
          for (Delivery delivery : batch) {
            if (poison.contains(delivery.tag()) || alsoFails.test(delivery.tag())) {
              throw new StackOverflowError("a message that nobody can process (on purpose)");
            }
          }
          batch.forEach(delivery -> processed.add(delivery.tag()));
        }

        @Override
        public void discarded(Delivery delivery, Throwable fault) {
          discarded.add(delivery.tag());
          throw new IllegalStateException("nor can it count (on purpose)");
        }
      };

  private final BatchProcessor processor =
      new BatchProcessor(
          "a test",
          50,
          receiver,
          new BatchProcessor.Acknowledger() {
            @Override
            public void upTo(long tag) {
              unacknowledged.removeIf(each -> each <= tag);
            }

            @Override
            public void one(long tag) {
              assertThat(unacknowledged.remove(tag)).as("acknowledged once").isTrue();
            }
          },
          () -> now,
          random);

  @Test
  void isolation_oneMessageThatThrowsForEverIsDiscardedAndTheOthersGoOn() throws IOException {
    poison.add(3L);
    arrive(5);
    assertThat(processed).as("at once").containsExactlyInAnyOrder(1L, 2L, 4L, 5L);
    assertThat(unacknowledged).containsExactly(3L);
    while (!unacknowledged.isEmpty()) {
      arrive(1);
      assertThat(processed).as("new ones do not wait").contains(tags);
      pass();
    }
    assertThat(discarded).containsExactly(3L);
    assertThat(processor.settled()).isEqualTo(tags);
  }

  @Test
  void isolation_aMessageIsNotDiscardedBeforeOthersHaveSucceeded() throws IOException {
    poison.add(1L);
    arrive(1);
    pass(Duration.ofHours(3));
    assertThat(discarded).isEmpty();
    assertThat(unacknowledged).containsExactly(1L);
    for (int more = 0; more < 20; more++) {
      arrive(1);
      pass(Duration.ofMinutes(1));
    }
    assertThat(discarded).containsExactly(1L);
    assertThat(unacknowledged).isEmpty();
  }

  @Test
  void isolation_anOutageOfTheReceiverDiscardsNothingAndKeepsTheOrder() throws IOException {
    outage = true;
    arrive(40);
    pass(Duration.ofHours(1));
    arrive(30);
    pass(Duration.ofHours(1));
    assertThat(attempts).as("it does not try each of them each time").isLessThan(40_000);
    assertThat(unacknowledged).hasSize(70);
    outage = false;
    pass(Duration.ofMinutes(1));
    assertThat(processed).isSorted().hasSize(70);
    assertThat(unacknowledged).isEmpty();
    assertThat(discarded).isEmpty();
  }

  @Test
  void isolation_manyMessagesThatThrowInARowDoNotHideTheOthers() throws IOException {
    for (long tag = 1; tag <= 30; tag++) {
      poison.add(tag);
    }
    arrive(33);
    pass(Duration.ofMinutes(2));
    assertThat(processed).containsExactlyInAnyOrder(31L, 32L, 33L);
    for (int more = 0; more < 100; more++) {
      arrive(1);
      pass(Duration.ofMinutes(1));
    }
    assertThat(unacknowledged).isEmpty();
    assertThat(discarded).hasSize(30);
  }

  @Test
  void isolation_walk() throws IOException {
    long seed = new SplittableRandom().nextLong();
    log.info("seed {}", seed);
    var walk = new SplittableRandom(seed);
    alsoFails = tag -> walk.nextInt(100) == 0;
    for (int step = 0; step < 3_000; step++) {
      switch (walk.nextInt(8)) {
        case 0 -> outage = walk.nextInt(3) == 0;
        case 1, 2, 3 -> {
          if (walk.nextInt(4) == 0) {
            poison.add(tags + 1);
          }
          if (unacknowledged.size() < 500) {
            arrive(1 + walk.nextInt(20));
          }
        }
        default -> pass(Duration.ofMillis(walk.nextInt(2_000)));
      }
      assertThat(poison).as("seed %d", seed).containsAll(discarded);
    }
    outage = false;
    alsoFails = tag -> false;
    for (int more = 0; more < 100; more++) {
      arrive(1);
      pass(Duration.ofMinutes(1));
    }
    assertThat(unacknowledged).as("seed %d", seed).isEmpty();
    assertThat(discarded).as("seed %d", seed).hasSameSizeAs(poison).containsAll(poison);
    for (long tag = 1; tag <= tags; tag++) {
      assertThat(processed.contains(tag))
          .as("seed %d tag %d", seed, tag)
          .isNotEqualTo(poison.contains(tag));
    }
  }

  private void arrive(int count) throws IOException {
    var batch = new ArrayList<Delivery>();
    for (int each = 0; each < count; each++) {
      tags++;
      unacknowledged.add(tags);
      batch.add(new Delivery(tags, HINTS, new byte[0]));
    }
    processor.take(batch);
  }

  /** Until the next thing is due. */
  private void pass() throws IOException {
    long due = processor.dueIn();
    if (due != Long.MAX_VALUE) {
      now += due;
      processor.retry();
    }
  }

  private void pass(Duration time) throws IOException {
    long end = now + time.toNanos();
    while (processor.dueIn() <= end - now) {
      pass();
    }
    now = end;
  }
}
