package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.CommandDeclaration;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long commands may take before nodes that said nothing are named as silent.
 *
 * @param deadline for commands without one of their own
 * @param deadlines by a command's name or alias
 */
public record JobSettings(Duration deadline, Map<String, Duration> deadlines) {
  public JobSettings {
    deadlines = Map.copyOf(deadlines);
  }

  /** The same with what commands declare themselves, where nothing else is said of them. */
  public JobSettings declaredBy(Collection<CommandDeclaration> commands) {
    Map<String, Duration> all = new HashMap<>(deadlines);
    for (CommandDeclaration command : commands) {
      Stream.concat(Stream.of(command.name()), command.aliases().stream())
          .map(deadlines::get)
          .flatMap(Stream::ofNullable)
          .findFirst()
          .or(() -> command.traits().deadline())
          .ifPresent(time -> all.put(command.name(), time));
    }
    return new JobSettings(deadline, all);
  }

  /** How long this command may take. */
  public Duration deadlineOf(String command) {
    return deadlines.getOrDefault(command, deadline);
  }
}
