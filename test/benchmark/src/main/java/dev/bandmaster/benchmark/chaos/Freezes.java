package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes one of two bots stand still for longer than its lease, then go on as if nothing had been.
 *
 * @param times how often
 * @param length how long it stands still
 */
record Freezes(int times, Duration length) implements Ordeal {
  private static final int COMMANDS = 3;

  @Override
  public String name() {
    return "one of two bots stands still for %d s".formatted(length.toSeconds());
  }

  @Override
  public List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (int command = 0; command < COMMANDS; command++) {
        stage.typist().change(1);
      }
      Thread.sleep(random.nextLong(1_000));
      faults.add(new Fault(name(), Instant.now()));
      ChildJvm frozen = bots.get(random.nextInt(bots.size()));
      frozen.signal("STOP");
      Thread.sleep(length);
      frozen.signal("CONT");
      Thread.sleep(random.nextLong(3_000));
    }
    return faults;
  }
}
