package dev.bandmaster.core.fleet;

/**
 * A part of the fleet.
 *
 * @param environment the nodes of this environment; empty for all nodes
 */
public record FleetScope(String environment) {
  public static final FleetScope FLEET = new FleetScope("");

  public boolean isFleet() {
    return environment.isEmpty();
  }

  boolean holds(NodeRecord life) {
    return isFleet() || environment.equals(life.environment());
  }
}
