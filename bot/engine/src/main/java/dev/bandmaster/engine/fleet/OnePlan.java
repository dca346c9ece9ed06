package dev.bandmaster.engine.fleet;

import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.PlanningContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The context of one plan. Before it chooses nodes it waits a moment for those that have not
 * announced themselves, and it remembers which of them the plan leaves out.
 */
public final class OnePlan implements PlanningContext {
  private final FleetPlanningContext planning;
  private final SortedSet<String> leftOut = new ConcurrentSkipListSet<>();

  OnePlan(FleetPlanningContext planning) {
    this.planning = planning;
  }

  /** Nodes that may belong to the plan and have not described themselves. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  @Override
  public Selection select(String filter) {
    leftOut.addAll(planning.missing(filter));
    return planning.select(filter);
  }

  @Override
  public List<Node> running(String environment, String application) {
    leftOut.addAll(planning.missing(environment, application));
    return planning.running(environment, application);
  }

  @Override
  public Release release(String environment, String application, String version) {
    return planning.release(environment, application, version);
  }

  @Override
  public List<String> versions(String environment, String application) {
    return planning.versions(environment, application);
  }

  @Override
  public Optional<String> unlisted(String environment, String application) {
    return planning.unlisted(environment, application);
  }

  @Override
  public List<String> deployed(String environment, String application) {
    return planning.deployed(environment, application);
  }

  @Override
  public Optional<String> attempted(String environment, String application) {
    return planning.attempted(environment, application);
  }

  @Override
  public Optional<Delegation> delegation(String environment) {
    return planning.delegation(environment);
  }

  @Override
  public Set<String> delegated() {
    return planning.delegated();
  }

  @Override
  public Instant now() {
    return planning.now();
  }
}
