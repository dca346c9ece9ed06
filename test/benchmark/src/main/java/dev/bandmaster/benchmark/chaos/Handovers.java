package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Kills one of two bots in the midst of its work and leaves it dead until the other has ended every
 * command that was typed before.
 *
 * @param name says what is special about the bots
 * @param times how often
 */
record Handovers(String name, int times) implements Ordeal {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int COMMANDS = 4;

  @Override
  public List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      List<Typed> typed = new ArrayList<>();
      for (int command = 0; command < COMMANDS; command++) {
        typed.add(stage.typist().change(2));
      }
      Thread.sleep(random.nextLong(1_500));
      faults.add(new Fault(name, Instant.now()));
      ChildJvm dead = bots.get(random.nextInt(bots.size()));
      dead.kill();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!stage.watch().isOver(typed) && System.nanoTime() < end) {
        Thread.sleep(LOOK_EVERY);
      }
      dead.start();
      Trial.awaitConnected(stage, bots.size());
    }
    return faults;
  }
}
