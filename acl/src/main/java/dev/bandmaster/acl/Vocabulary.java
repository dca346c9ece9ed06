package dev.bandmaster.acl;

import dev.bandmaster.model.Glob;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a policy may name that is defined outside of it. An empty set means that it is not known, so
 * nothing is refused for it.
 *
 * @param actions the names by which rules are asked: commands, and modules as {@code adhoc:uptime}
 * @param aliases other words for commands, by which no rule is ever asked, with the command's name
 * @param parameters names of the parameters of those actions whose parameters are known
 * @param environments the configured environments
 * @param applications the configured applications
 * @param open patterns of actions that others may define: plugins, or modules on the nodes. Such a
 *     name is refused only where it is nearly that of a known action
 */
public record Vocabulary(
    Set<String> actions,
    Map<String, String> aliases,
    Map<String, Set<String>> parameters,
    Set<String> environments,
    Set<String> applications,
    List<Glob> open) {

  /** Knows nothing and refuses nothing. */
  public static final Vocabulary OPEN =
      new Vocabulary(Set.of(), Map.of(), Map.of(), Set.of(), Set.of());

  public Vocabulary {
    actions = Set.copyOf(actions);
    aliases = Map.copyOf(aliases);
    parameters = Map.copyOf(parameters);
    environments = Set.copyOf(environments);
    applications = Set.copyOf(applications);
    open = List.copyOf(open);
  }

  /** One in which nobody else defines actions. */
  public Vocabulary(
      Set<String> actions,
      Map<String, String> aliases,
      Map<String, Set<String>> parameters,
      Set<String> environments,
      Set<String> applications) {
    this(actions, aliases, parameters, environments, applications, List.of());
  }

  /** The same actions, with what a configuration defines. */
  public Vocabulary with(Set<String> newEnvironments, Set<String> newApplications) {
    return new Vocabulary(actions, aliases, parameters, newEnvironments, newApplications, open);
  }

  /** The same where others define the actions of these names. */
  public Vocabulary with(List<Glob> definedByOthers) {
    return new Vocabulary(
        actions, aliases, parameters, environments, applications, definedByOthers);
  }
}
