package dev.bandmaster.core.fleet;

/**
 * Keeps a fault in the work on one node from all others. The detector runs whatever it does for one
 * node through it.
 */
@FunctionalInterface
public interface NodeGuard {

  /**
   * Runs the work on a node. What it throws is reported and not thrown on; the node is then left
   * out for a while.
   *
   * @return whether the work ran to its end; false also if the node is being left out
   */
  boolean run(String node, Runnable work);
}
