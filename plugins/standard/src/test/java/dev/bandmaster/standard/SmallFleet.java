package dev.bandmaster.standard;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Three nodes and two releases; filters are looked up, not evaluated. */
final class SmallFleet implements PlanningContext {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  static final Node WEB1 = node("web1", "staging", Map.of("web", "1.4.1"), true);
  static final Node WEB2 = node("web2", "staging", Map.of("web", ""), false);
  static final Node DB1 = node("db1", "prod", Map.of(), true);

  final List<String> filters = new ArrayList<>();
  List<Node> matching = List.of(DB1, WEB1, WEB2);

  /** What a filter selects, where that is not all that match. */
  List<Node> selected = List.of();

  List<String> versions = List.of("1.10.0", "1.4.2");

  /** What was deployed with success, the newest first. */
  List<String> deployed = List.of();

  /** The version of the newest deploy. */
  Optional<String> attempted = Optional.empty();

  /** Environments behind a service. */
  Map<String, Delegation> services = Map.of();

  private static Node node(
      String name, String environment, Map<String, String> applications, boolean present) {
    return new Node(
        name,
        environment,
        applications,
        name.startsWith("web") ? List.of("frontend") : List.of(),
        List.of(),
        Map.of("os", "linux"),
        present ? NOON : NOON.minusSeconds(3_723),
        present);
  }

  /** Plans a command whose parameters have these words. */
  Planned plan(CommandPlugin plugin, Map<String, List<String>> words) {
    String canonical =
        plugin.declaration().name()
            + words.values().stream()
                .flatMap(List::stream)
                .map(word -> " " + word)
                .collect(Collectors.joining());
    return plugin.plan(new Invocation(new Arguments(words), canonical), this);
  }

  @Override
  public Selection select(String filter) {
    filters.add(filter);
    return filter.contains("((")
        ? new Selection.Unreadable("The filter '((' cannot be read at character 1.")
        : new Selection.Selected(selected.isEmpty() ? matching : selected);
  }

  @Override
  public List<Node> running(String environment, String application) {
    return matching.stream()
        .filter(node -> node.environment().equals(environment))
        .filter(node -> node.applications().containsKey(application))
        .toList();
  }

  @Override
  public Release release(String environment, String application, String version) {
    if (services.containsKey(environment)) {
      return new Release.Tagged(application + "," + version);
    }
    return versions.contains(version)
        ? new Release.Found("https://releases.example/" + version, "a".repeat(64))
        : new Release.Missing("There is no release " + version + ".");
  }

  @Override
  public List<String> deployed(String environment, String application) {
    return deployed;
  }

  @Override
  public List<String> versions(String environment, String application) {
    return versions;
  }

  @Override
  public Optional<String> attempted(String environment, String application) {
    return attempted;
  }

  @Override
  public Optional<Delegation> delegation(String environment) {
    return Optional.ofNullable(services.get(environment));
  }

  @Override
  public Set<String> delegated() {
    return services.keySet();
  }

  @Override
  public Instant now() {
    return NOON;
  }
}
