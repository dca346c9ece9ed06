package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.simulator.fault.Fault.Kind;
import dev.bandmaster.testkit.ledger.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Delivers every message twice, so that often each of two bots gets one.
 *
 * @param name says who gets them
 * @param times how many messages
 */
record Twins(String name, int times) implements Ordeal {

  @Override
  public List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      stage.slack().fault(dev.bandmaster.simulator.fault.Fault.of(Kind.DELIVER_TWICE).times(1));
      faults.add(new Fault(name, Instant.now()));
      stage.typist().typeOne();
      Thread.sleep(random.nextLong(1_500));
    }
    return faults;
  }
}
