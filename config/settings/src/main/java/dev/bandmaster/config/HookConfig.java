package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A program that is run when nodes come and go.
 *
 * @param name its name in logs and metrics
 * @param on at which happenings; never empty
 * @param environments empty for all
 * @param command an absolute path, and its arguments as they are; no shell sees them
 * @param timeout how long a run may take
 */
public record HookConfig(
    String name,
    Set<Happening> on,
    List<String> environments,
    List<String> command,
    Duration timeout) {

  /** What may happen to a node. */
  public enum Happening {
    /** It reports, for the first time or again. */
    JOIN,
    /** It said goodbye, or was dismissed. */
    LEAVE,
    /** It is down. */
    FAILED
  }

  public HookConfig {
    on = Set.copyOf(on);
    environments = List.copyOf(environments);
    command = List.copyOf(command);
  }

  static HookConfig read(Section section) {
    HookConfig hook =
        new HookConfig(
            section.name("name", "The hook's name in logs and metrics.").required(),
            Set.copyOf(
                section
                    .list(
                        "on",
                        Kinds.choice(Happening.class),
                        "Events that run the program: the node joined or came back, left cleanly, or "
                            + "failed.")
                    .orDefault(List.of(Happening.values()))),
            section
                .list(
                    "environments",
                    Kinds.name(),
                    "Environments whose nodes run the hook; without this key, all.")
                .orDefault(List.of()),
            section
                .list(
                    "command",
                    Kinds.text(),
                    "Absolute path of the program, and its arguments. It runs without a shell "
                        + "and receives the event as JSON on standard input.")
                .required(),
            section
                .duration(
                    "timeout",
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10),
                    "Maximum run time; after that the program and its child processes are killed.")
                .orDefault(Duration.ofSeconds(30)));
    if (hook.command().isEmpty() || !hook.command().getFirst().startsWith("/")) {
      section.refuse("command", "must begin with an absolute path");
    }
    if (hook.on().isEmpty()) {
      section.refuse("on", "must name at least one of join, leave and failed");
    }
    return hook;
  }
}
