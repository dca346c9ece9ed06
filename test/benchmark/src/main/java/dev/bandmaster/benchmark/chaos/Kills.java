package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Kills one program again and again, at any moment of its life, and starts it again.
 *
 * @param name for the table
 * @param times how often
 */
record Kills(String name, Victim victim, int times) implements Ordeal {

  /** The longest time a program stays away, in milliseconds. */
  private static final long LONGEST_ABSENCE = 300;

  /** Of ten lives, how many end while the program still starts. */
  private static final int DIE_YOUNG = 2;

  /** Of ten lives, how many end shortly after a command was typed. */
  private static final int DIE_AT_WORK = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** What is killed. */
  enum Victim {
    BOT,
    AGENT,
    BROKER
  }

  static Kills ofTheBot(int times) {
    return new Kills("kill -9 of the bot", Victim.BOT, times);
  }

  static Kills ofAnAgent(int times) {
    return new Kills("kill -9 of an agent", Victim.AGENT, times);
  }

  static Kills ofTheBroker(int times) {
    return new Kills("kill -9 of the broker", Victim.BROKER, times);
  }

  @Override
  public List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      live(stage, bots, random);
      faults.add(new Fault(name, Instant.now()));
      switch (victim) {
        case BOT -> revive(bots.get(random.nextInt(bots.size())), random);
        case AGENT -> revive(stage.mortalAgent(), random);
        case BROKER -> stage.rabbit().restart();
      }
    }
    return faults;
  }

  /** The time until the next kill: part of a start, some work, or the midst of a command. */
  private static void live(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    int fate = random.nextInt(10);
    if (fate < DIE_YOUNG) {
      Thread.sleep(random.nextLong(100, 2_000));
      return;
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (stage.slack().connections() < bots.size() && System.nanoTime() < end) {
      Thread.sleep(LOOK_EVERY);
    }
    if (fate < DIE_YOUNG + DIE_AT_WORK) {
      stage.typist().change(random.nextInt(2));
      Thread.sleep(random.nextLong(800));
    } else {
      Thread.sleep(random.nextLong(3_000));
    }
  }

  private static void revive(ChildJvm program, RandomGenerator random) throws Exception {
    program.kill();
    Thread.sleep(random.nextLong(LONGEST_ABSENCE));
    program.start();
  }
}
