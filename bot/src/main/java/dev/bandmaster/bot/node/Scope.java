package dev.bandmaster.bot.node;

/**
 * A part of the fleet.
 *
 * @param environment the nodes of this environment; empty for all nodes
 */
public record Scope(String environment) {
  public static final Scope FLEET = new Scope("");

  public boolean isFleet() {
    return environment.isEmpty();
  }

  boolean holds(NodeLife life) {
    return isFleet() || environment.equals(life.environment());
  }
}
