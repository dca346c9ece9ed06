package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

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
   * @param positions patterns by position: as many arguments as patterns, each matching its own;
   *     empty where {@code arguments} decide
   */
  public record AllowedCommand(
      String executable, List<ArgumentPattern> arguments, List<ArgumentPattern> positions) {
    public AllowedCommand {
      arguments = List.copyOf(arguments);
      positions = List.copyOf(positions);
    }

    /** Whether this is the program, and all arguments are allowed; without patterns none are. */
    public boolean allows(String program, List<String> given) {
      return executable.equals(program)
          && (positions.isEmpty() ? eachAllowed(given) : eachInItsPlace(given));
    }

    private boolean eachAllowed(List<String> given) {
      return given.stream()
          .allMatch(each -> arguments.stream().anyMatch(pattern -> pattern.matches(each)));
    }

    private boolean eachInItsPlace(List<String> given) {
      return given.size() == positions.size()
          && IntStream.range(0, given.size())
              .allMatch(at -> positions.get(at).matches(given.get(at)));
    }

    static AllowedCommand read(Section section) {
      String executable =
          section
              .text("executable", "The program: an absolute path, or a name in the PATH.")
              .required();
      List<ArgumentPattern> arguments =
          section
              .list(
                  "arguments",
                  ArgumentPattern.kind(),
                  "Patterns; each argument must match one of them. `*` stands for any characters "
                      + "but `/`, `**` for any characters; `..` must be written. Without this key "
                      + "and `positions`, arguments are refused.")
              .orDefault(List.of());
      List<ArgumentPattern> positions =
          section
              .list(
                  "positions",
                  ArgumentPattern.kind(),
                  "Patterns by position, instead of `arguments`: exactly as many arguments as "
                      + "patterns, each matching the one in its place.")
              .where(_ -> arguments.isEmpty(), "cannot be combined with arguments; keep one")
              .orDefault(List.of());
      return new AllowedCommand(executable, arguments, positions);
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
