package dev.bandmaster.config;

import dev.bandmaster.model.Glob;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code adhoc} may run on a node. What is not here does not run.
 *
 * @param modules fixed commands by module name; they take no arguments from people
 * @param commands programs that people may name
 * @param services services that people may ask about
 * @param timeout how long one may run
 */
public record AdhocConfig(
    Map<String, List<String>> modules,
    List<AllowedCommand> commands,
    Map<String, ServiceCommands> services,
    Duration timeout) {
  /** Modules whose names others cannot have. */
  static final Set<String> BUILT_IN = Set.of("ping", "uptime", "disk", "service", "command");

  public static final AdhocConfig NOTHING =
      new AdhocConfig(Map.of(), List.of(), Map.of(), Duration.ofSeconds(30));

  public AdhocConfig {
    modules = Ordered.copy(modules);
    commands = List.copyOf(commands);
    services = Ordered.copy(services);
  }

  /**
   * A program that may be run with certain arguments.
   *
   * @param executable what a person types and what is started; an absolute path or a name in PATH
   * @param arguments patterns; each argument a person gives must match at least one
   */
  public record AllowedCommand(String executable, List<Glob> arguments) {
    public AllowedCommand {
      arguments = List.copyOf(arguments);
    }

    /** Whether this is the program, and all arguments are allowed; without patterns none are. */
    public boolean allows(String program, List<String> given) {
      return executable.equals(program)
          && given.stream()
              .allMatch(each -> arguments.stream().anyMatch(glob -> glob.matches(each)));
    }

    static AllowedCommand read(Section section) {
      return new AllowedCommand(
          section
              .text("executable", "The program: an absolute path, or a name in the PATH.")
              .required(),
          section
              .list(
                  "arguments",
                  Kinds.glob(),
                  "Patterns; each argument must match one of them. Without this key, arguments "
                      + "are refused.")
              .orDefault(List.of()));
    }
  }

  /** The commands behind {@code adhoc … service <name> <verb>}, by verb. */
  public record ServiceCommands(Map<String, List<String>> verbs) {
    public ServiceCommands {
      verbs = Ordered.copy(verbs);
    }

    static ServiceCommands read(Section section) {
      return new ServiceCommands(
          section
              .map(
                  "verbs",
                  AppDefinition.command(),
                  "Commands by verb, such as `restart: [systemctl, restart, nginx]`.")
              .required());
    }
  }

  static AdhocConfig read(Section section) {
    return new AdhocConfig(
        section
            .map(
                "modules",
                AppDefinition.command(),
                "Fixed commands by module name, as argument arrays, such as `uptime: "
                    + "[uptime]`. Callers cannot add arguments.")
            .orDefault(Map.of()),
        section
            .list(
                "commands",
                Kinds.section(AllowedCommand::read),
                "Programs that the module `command` may run.")
            .orDefault(List.of()),
        section
            .map(
                "services",
                Kinds.section(ServiceCommands::read),
                "Services that the module `service` may control.")
            .orDefault(Map.of()),
        section
            .duration(
                "timeout",
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                "Maximum run time of one command.")
            .orDefault(NOTHING.timeout()));
  }
}
