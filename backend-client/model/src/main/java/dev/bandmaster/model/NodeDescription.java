package dev.bandmaster.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node says of itself; filters are evaluated on it.
 *
 * @param apps the apps that it runs with their versions; the version is empty when none is
 *     installed yet
 * @param facts free names and values, such as {@code os} or {@code memory_mb}
 * @param capabilities what it can be asked to do
 */
public record NodeDescription(
    String node,
    String collective,
    String env,
    Map<String, String> apps,
    List<String> roles,
    List<String> tags,
    Map<String, String> facts,
    List<String> capabilities) {
  /** Most entries in each list and map. */
  public static final int MOST = 500;

  public NodeDescription {
    NodeName.require(node);
    Bounds.name(collective, "collective");
    Bounds.name(env, "env");
    apps = names(apps, "apps");
    roles = names(roles, "roles");
    tags = names(tags, "tags");
    facts = names(facts, "facts");
    capabilities = names(capabilities, "capabilities");
  }

  private static List<String> names(List<String> names, String what) {
    few(names.size(), what);
    names.forEach(name -> Bounds.name(name, "a name in " + what));
    return List.copyOf(names);
  }

  private static Map<String, String> names(Map<String, String> names, String what) {
    few(names.size(), what);
    names.forEach((name, value) -> {
      Bounds.name(name, "a name in " + what);
      Bounds.bounded(value, Bounds.SENTENCE, "a value in " + what);
    });
    return java.util.Collections.unmodifiableMap(new TreeMap<>(names));
  }

  private static void few(int size, String what) {
    if (size > MOST) {
      throw new IllegalArgumentException(
          "%s has %d entries; at most %d are allowed".formatted(what, size, MOST));
    }
  }
}
