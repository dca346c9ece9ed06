package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A program that is run when nodes come and go.
 *
 * @param name what it is called in logs and figures
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
    /** It is heard, for the first time or again. */
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
            section.name("name", "What it is called in logs and figures.").required(),
            Set.copyOf(
                section
                    .list(
                        "on",
                        Kinds.choice(Happening.class),
                        "What happened to the node: it came or came back, it left in good order, it"
                            + " failed.")
                    .orDefault(List.of(Happening.values()))),
            section
                .list("environments", Kinds.name(), "Nodes of these; without this key, of any.")
                .orDefault(List.of()),
            section
                .list(
                    "command",
                    Kinds.text(),
                    "The program by its absolute path, and its arguments. No shell is involved; the"
                        + " event is JSON on standard input.")
                .required(),
            section
                .duration(
                    "timeout",
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10),
                    "How long a run may take; then it is ended, with all it has started.")
                .orDefault(Duration.ofSeconds(30)));
    if (hook.command().isEmpty() || !hook.command().getFirst().startsWith("/")) {
      section.refuse("command", "must begin with an absolute path");
    }
    if (hook.on().isEmpty()) {
      section.refuse("on", "must name one of join, leave and failed at least");
    }
    return hook;
  }
}
