package dev.bandmaster.bot.node;

import java.util.List;

/**
 * By what a finding is routed and silenced.
 *
 * @param environment empty if it concerns all of them
 * @param applications what runs on the node; empty if it concerns more than one node
 * @param node empty if it concerns more than one
 */
public record Labels(
    String collective,
    String environment,
    List<String> applications,
    String node,
    Severity severity) {
  public Labels {
    applications = List.copyOf(applications);
  }

  static Labels of(NodeLife life, DetectorRules rules, Severity severity) {
    return new Labels(
        rules.collective(),
        life.environment(),
        List.copyOf(life.applications()),
        life.node(),
        severity);
  }

  static Labels of(Scope scope, DetectorRules rules, Severity severity) {
    return new Labels(rules.collective(), scope.environment(), List.of(), "", severity);
  }
}
