package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All commands, by name and alias. What reads commands holds the registry and is made before the
 * commands are, since some of them read others. Safe for use by many threads.
 */
public final class CommandRegistry {

  private volatile Commands registered = new Commands(List.of(), Map.of());

  /** The commands in order, and by each word they go by. */
  private record Commands(List<Command> all, Map<String, Command> byWord) {}

  /** A registry with these commands. */
  public static CommandRegistry of(Collection<Command> commands) {
    var registry = new CommandRegistry();
    registry.register(commands);
    return registry;
  }

  /**
   * Adds commands.
   *
   * @throws IllegalArgumentException if two commands go by the same word; then none is added
   */
  public synchronized void register(Collection<Command> commands) {
    registered = with(registered, commands);
  }

  private static Commands with(Commands before, Collection<Command> commands) {
    List<Command> all = new ArrayList<>(before.all());
    Map<String, Command> words = new LinkedHashMap<>(before.byWord());
    for (Command command : commands) {
      all.add(command);
      add(words, command.declaration().name(), command);
      command.declaration().aliases().forEach(alias -> add(words, alias, command));
    }
    return new Commands(List.copyOf(all), Collections.unmodifiableMap(words));
  }

  /**
   * Replaces commands by others, in one step: nobody sees a state in between.
   *
   * @param gone compared by identity; what is not registered is ignored
   * @throws IllegalArgumentException if two commands would go by the same word; then nothing
   *     changes
   */
  public synchronized void replace(Collection<Command> gone, Collection<Command> added) {
    Commands before = registered;
    Set<Command> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(gone);
    List<Command> all =
        new ArrayList<>(before.all().stream().filter(each -> !leaving.contains(each)).toList());
    all.addAll(added);
    registered = with(new Commands(List.of(), Map.of()), all);
  }

  private static void add(Map<String, Command> words, String word, Command command) {
    if (words.put(word, command) != null) {
      throw new IllegalArgumentException("two commands go by the name '" + word + "'");
    }
  }

  /** In the order in which {@code help} shows them. */
  public List<Command> commands() {
    return registered.all();
  }

  /** The command of this name or alias. */
  public Optional<Command> find(String word) {
    return Optional.ofNullable(registered.byWord().get(word));
  }
}
