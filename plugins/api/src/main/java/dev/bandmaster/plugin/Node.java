package dev.bandmaster.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A node as presence knows it.
 *
 * @param name unique in the collective
 * @param environment the environment it belongs to
 * @param applications installed applications with the version that is current; empty for none yet
 * @param roles what it is for
 * @param tags labels from its configuration
 * @param facts what it says about itself
 * @param lastSeen when it was last seen
 * @param present whether it counts as reachable now
 */
public record Node(
    String name,
    String environment,
    Map<String, String> applications,
    List<String> roles,
    List<String> tags,
    Map<String, String> facts,
    Instant lastSeen,
    boolean present) {
  public Node {
    applications = Map.copyOf(applications);
    roles = List.copyOf(roles);
    tags = List.copyOf(tags);
    facts = Map.copyOf(facts);
  }
}
