package dev.bandmaster.core.fleet;

import java.util.List;

/**
 * By what a finding is routed and silenced.
 *
 * @param environment empty if it concerns all of them
 * @param applications what runs on the node; empty if it concerns more than one node
 * @param node empty if it concerns more than one
 */
public record NodeLabels(
    String collective,
    String environment,
    List<String> applications,
    String node,
    Severity severity) {
  public NodeLabels {
    applications = List.copyOf(applications);
  }

  static NodeLabels of(NodeRecord life, DetectorRules rules, Severity severity) {
    return new NodeLabels(
        rules.collective(),
        life.environment(),
        List.copyOf(life.applications()),
        life.node(),
        severity);
  }

  static NodeLabels of(FleetScope scope, DetectorRules rules, Severity severity) {
    return new NodeLabels(rules.collective(), scope.environment(), List.of(), "", severity);
  }
}
