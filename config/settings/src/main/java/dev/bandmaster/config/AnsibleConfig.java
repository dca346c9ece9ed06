package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What makes an agent a runner: it runs Ansible for environments whose hosts have no agents.
 *
 * @param adhoc the program {@code ansible}
 * @param playbook the program {@code ansible-playbook}
 * @param settings the file {@code ansible.cfg}; empty for those that Ansible finds by itself
 * @param rolesPath folders with roles
 * @param forks on how many hosts Ansible works at the same time
 * @param timeout how long one run may take
 * @param connectTimeout how long a connection to a host may take
 * @param environments what it may do where, by environment
 */
public record AnsibleConfig(
    String adhoc,
    String playbook,
    Optional<Path> settings,
    List<Path> rolesPath,
    int forks,
    Duration timeout,
    Duration connectTimeout,
    Map<String, Place> environments) {

  /** Longest list of names, with commas: it travels in the runner's description. */
  private static final int LONGEST_LIST = 3_900;

  /** Paths that reach ssh in one text with others. */
  private static final Pattern PLAIN_PATH = Pattern.compile("[A-Za-z0-9_./+@%=:,-]+");

  public AnsibleConfig {
    rolesPath = List.copyOf(rolesPath);
    environments = Ordered.copy(environments);
  }

  /**
   * What a runner may do in one environment.
   *
   * @param inventory a file, or a folder with several
   * @param updateCode the playbook that deploys; empty where nothing is deployed
   * @param modules the modules that may be run
   * @param roles the roles that may be brought to hosts
   * @param user whom Ansible logs in as; empty for what inventory and settings say
   * @param become whether tasks run with Ansible's privilege escalation
   * @param privateKey the key to log in with
   * @param vaultPassword the file with the password of Ansible's vault
   * @param knownHosts the host keys that ssh accepts; empty for those of the agent's user
   * @param checkOnly whether Ansible only says what it would change
   */
  public record Place(
      Path inventory,
      Optional<Path> updateCode,
      List<String> modules,
      List<String> roles,
      Optional<String> user,
      boolean become,
      Optional<Path> privateKey,
      Optional<Path> vaultPassword,
      Optional<Path> knownHosts,
      boolean checkOnly) {
    public Place {
      modules = List.copyOf(modules);
      roles = List.copyOf(roles);
    }

    static Place read(Section section) {
      return new Place(
          section
              .path("inventory", "Inventory of the environment: a file, or a folder with several.")
              .required(),
          section
              .path(
                  "update_code",
                  "Playbook that `codeupdate` and `rollback` run, with the application's `tags` as "
                      + "`--tags`; without this key, nothing is deployed.")
              .optional(),
          section
              .list(
                  "modules",
                  Kinds.name(),
                  "Modules that `adhoc` may run; without this key, none. Modules that hand their "
                      + "arguments to a shell (`shell`, `raw`, `script`, `expect`) are refused.")
              .where(ShellModules::areAbsent, ShellModules.REFUSED)
              .where(
                  AnsibleConfig::isShort,
                  "is too long: all names together have at most 3900 characters")
              .orDefault(List.of()),
          section
              .list("roles", Kinds.name(), "Roles that `role` may name; without this key, none.")
              .where(
                  AnsibleConfig::isShort,
                  "is too long: all names together have at most 3900 characters")
              .orDefault(List.of()),
          section
              .name(
                  "user",
                  "User that Ansible logs in as; without this key, what the inventory and Ansible's "
                      + "settings say.")
              .optional(),
          section
              .trueOrFalse("become", "Whether tasks run as root, by Ansible's `--become`.")
              .orDefault(false),
          section
              .path("private_key_file", "SSH key to log in with. It never leaves this machine.")
              .optional(),
          section
              .path("vault_password_file", "File with the password of Ansible's vault.")
              .optional(),
          section
              .field(
                  "known_hosts_file",
                  Kinds.path(),
                  "SSH host keys that are accepted; without this key, those that the agent's user "
                      + "has accepted. An unknown host is unreachable.")
              .where(
                  path -> PLAIN_PATH.matcher(path.toString()).matches(),
                  "must have no blanks, quotes or other special characters")
              .optional(),
          section
              .trueOrFalse(
                  "check_only",
                  "Whether Ansible only says what it would change (`--check --diff`).")
              .orDefault(false));
    }
  }

  private static boolean isShort(List<String> names) {
    return String.join(",", names).length() <= LONGEST_LIST;
  }

  static AnsibleConfig read(Section section) {
    Programs programs =
        section
            .section("programs", Programs::read, "Ansible's programs.")
            .orDefault(Programs.STANDARD);
    return new AnsibleConfig(
        programs.adhoc(),
        programs.playbook(),
        section
            .path(
                "settings",
                "Ansible's settings, a file like `ansible.cfg`; without this key, "
                    + "`/etc/ansible/ansible.cfg` if it is there.")
            .optional(),
        section
            .list("roles_path", Kinds.path(), "Folders with roles.")
            .where(
                paths -> paths.stream().noneMatch(path -> path.toString().contains(":")),
                "must have no colon in a path")
            .orDefault(List.of()),
        section
            .integer("forks", 1, 500, "Hosts that Ansible works on at the same time.")
            .orDefault(10),
        section
            .duration(
                "timeout", Duration.ofSeconds(1), Duration.ofHours(12), "Maximum time of one run.")
            .orDefault(Duration.ofSeconds(2_000)),
        section
            .duration(
                "connect_timeout",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                "How long a connection to a host may take.")
            .orDefault(Duration.ofSeconds(10)),
        section
            .map(
                "environments",
                Kinds.section(Place::read),
                "What this runner may do, by environment. Other environments are refused.")
            .required());
  }

  /** The two programs. */
  private record Programs(String adhoc, String playbook) {
    static final Programs STANDARD = new Programs("ansible", "ansible-playbook");

    static final Predicate<String> FITS = text -> !text.isBlank() && !text.startsWith("-");

    static Programs read(Section section) {
      return new Programs(
          section
              .text("ansible", "The program that runs modules: a path, or a name in the PATH.")
              .where(FITS, "must be a path or a name")
              .orDefault(STANDARD.adhoc()),
          section
              .text("playbook", "The program that runs playbooks: a path, or a name in the PATH.")
              .where(FITS, "must be a path or a name")
              .orDefault(STANDARD.playbook()));
    }
  }
}
