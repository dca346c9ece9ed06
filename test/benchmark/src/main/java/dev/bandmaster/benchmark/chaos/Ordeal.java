package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Fault;
import java.util.List;
import java.util.random.RandomGenerator;

/** A way of breaking things again and again. */
interface Ordeal {

  /** For the table. */
  String name();

  /** How often; 0 for not at all. */
  int times();

  /**
   * Breaks things and repairs them, and says what was broken when. Commands are typed meanwhile.
   *
   * @param bots those that run; they run again at the end
   */
  List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random) throws Exception;
}
