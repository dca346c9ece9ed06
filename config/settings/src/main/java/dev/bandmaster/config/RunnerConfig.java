package dev.bandmaster.config;

import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.yaml.Section;
import java.util.List;

/**
 * Runners that do the work of an environment with Ansible.
 *
 * @param runners which agents they are, as a filter of nodes; those that do not offer Ansible for
 *     the environment are passed over
 * @param modules what {@code adhoc} may run
 * @param roles roles that the commands may name
 */
public record RunnerConfig(String runners, List<String> modules, List<String> roles)
    implements BackendConfig {

  public RunnerConfig {
    modules = List.copyOf(modules);
    roles = List.copyOf(roles);
  }

  static RunnerConfig read(Section section, List<String> modules, List<String> roles) {
    return new RunnerConfig(
        section
            .text(
                "runners",
                "Of the kind `ansible`: which agents may get the work, as a filter of nodes such "
                    + "as `tag=runner`. One of them is chosen for each job.")
            .where(
                text -> NodeFilter.parse(text) instanceof NodeFilter.Parsed.Valid,
                "must be a filter of nodes, such as tag=runner")
            .orDefault("capability=ansible"),
        modules,
        roles);
  }
}
