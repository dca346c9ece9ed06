package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.fault.Direction;
import dev.bandmaster.testkit.fault.FaultProxy;
import dev.bandmaster.testkit.fault.Weather;
import dev.bandmaster.testkit.ledger.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Breaks a line again and again, in each of the ways in which lines break.
 *
 * @param line the one that is broken
 * @param times how often
 */
record Cuts(FaultProxy line, int times) implements Ordeal {
  private static final long SHORTEST_PEACE = 500;
  private static final long LONGEST_PEACE = 2_500;

  /** How a line breaks. */
  private enum Break {
    RESET,
    CUT,
    HALF_CLOSE,
    BLACK_HOLE,
    CLOSED,
    DELAY,
    THROTTLE
  }

  @Override
  public String name() {
    return "cut between bot and " + line.name();
  }

  @Override
  public List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    List<Fault> faults = new ArrayList<>();
    List<Break> ways = List.of(Break.values());
    int first = random.nextInt(ways.size());
    for (int i = 0; i < times; i++) {
      Thread.sleep(random.nextLong(SHORTEST_PEACE, LONGEST_PEACE));
      Break how = ways.get((first + i) % ways.size());
      faults.add(new Fault(name() + ": " + how, Instant.now()));
      tear(how, random);
      line.weather(new Weather.Clear());
    }
    return faults;
  }

  private void tear(Break how, RandomGenerator random) throws InterruptedException {
    Direction direction = random.nextBoolean() ? Direction.THERE : Direction.BACK;
    switch (how) {
      case RESET -> line.reset();
      case CUT -> line.cutAfter(direction, random.nextLong(3_000));
      case HALF_CLOSE -> line.halfClose(direction);
      case BLACK_HOLE -> {
        line.weather(new Weather.BlackHole());
        Thread.sleep(random.nextLong(500, 6_000));
        if (random.nextBoolean()) {
          line.reset();
        }
      }
      case CLOSED -> {
        line.weather(new Weather.Closed());
        line.reset();
        Thread.sleep(random.nextLong(500, 3_000));
      }
      case DELAY -> {
        line.weather(new Weather.Delay(Duration.ofMillis(random.nextLong(50, 600))));
        Thread.sleep(2_000);
      }
      case THROTTLE -> {
        line.weather(new Weather.Throttle(random.nextInt(500, 5_000)));
        Thread.sleep(2_000);
      }
    }
  }
}
