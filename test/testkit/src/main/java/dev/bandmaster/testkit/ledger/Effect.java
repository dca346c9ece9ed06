package dev.bandmaster.testkit.ledger;

/**
 * What a node did for a command, by the node's own account.
 *
 * @param command the command it was done for
 * @param node who did it
 * @param executions how often, 1 or more
 */
public record Effect(String command, String node, int executions) {
  public Effect {
    if (executions < 1) {
      throw new IllegalArgumentException("what was never done is no effect");
    }
  }
}
