package dev.bandmaster.core.fleet;

import java.util.List;

/**
 * What the detector has concluded; nothing of it counts before it is kept.
 *
 * @param transitions what became of nodes
 * @param findings what somebody may want to know
 * @param incidents all that are open from now on
 * @param incidentsChanged whether they are others than before
 * @param probes nodes to be asked to show themselves
 * @param isMore whether there is more to conclude at once
 */
public record Decision(
    List<NodeTransition> transitions,
    List<Detection> findings,
    List<Incident> incidents,
    boolean incidentsChanged,
    List<String> probes,
    boolean isMore) {
  public Decision {
    transitions = List.copyOf(transitions);
    findings = List.copyOf(findings);
    incidents = List.copyOf(incidents);
    probes = List.copyOf(probes);
  }

  /** Whether there is anything to keep. */
  public boolean isEmpty() {
    return transitions.isEmpty() && findings.isEmpty() && !incidentsChanged;
  }
}
