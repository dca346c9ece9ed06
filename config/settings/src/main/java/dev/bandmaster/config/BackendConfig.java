package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;

/** What does the work of an environment whose hosts have no agents. */
public sealed interface BackendConfig permits BootstrapperConfig, RunnerConfig {

  /** What {@code adhoc} may run. */
  List<String> modules();

  /** Roles that the commands may name. */
  List<String> roles();

  /** Which of them it is. */
  enum Kind {
    BOOTSTRAPPER,
    ANSIBLE
  }

  static BackendConfig read(Section section) {
    Kind kind =
        section
            .field(
                "kind",
                Kinds.choice(Kind.class),
                "What does the work: a bootstrapper, or runners with Ansible.")
            .required();
    List<String> modules =
        section
            .list(
                "modules",
                Kinds.name(),
                "Modules that `adhoc` may run here; without this key, none. Modules that hand "
                    + "their arguments to a shell (`shell`, `raw`, `script`, `expect`) are refused.")
            .where(ShellModules::areAbsent, ShellModules.REFUSED)
            .orDefault(List.of());
    List<String> roles =
        section
            .list(
                "roles",
                Kinds.name(),
                "Roles that `role` and `eip` may name here; without this key, none.")
            .orDefault(List.of());
    if (section.isDescribing()) {
      var _ = BootstrapperConfig.read(section, modules, roles);
      return RunnerConfig.read(section, modules, roles);
    }
    return switch (kind) {
      case BOOTSTRAPPER -> BootstrapperConfig.read(section, modules, roles);
      case ANSIBLE -> RunnerConfig.read(section, modules, roles);
    };
  }
}
