package dev.bandmaster.core.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Programs that are still to be run, because nodes came or went. */
public interface Hooks {

  /**
   * Runs that may begin: nobody is at them, and of each program and node only the first, so that a
   * program is called about a node in the order of what happened to it.
   */
  List<Call> waiting(Instant now, int limit);

  /**
   * Takes a run for oneself.
   *
   * @param lease for how long nobody else may take it
   * @return whether nobody else was quicker
   */
  boolean claim(Call call, String holder, Instant now, Duration lease);

  /** How many runs have not ended. */
  long count();

  /**
   * A run.
   *
   * @param hook the program's name
   * @param event its input, as JSON
   */
  record Call(String id, String hook, String node, String event, Instant at) {}
}
