package dev.bandmaster.engine.pipeline;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All commands, by name and alias. Immutable. */
public final class CommandRegistry {

  private final List<Command> commands;
  private final Map<String, Command> byWord;

  /**
   * Collects commands.
   *
   * @throws IllegalArgumentException if two of them go by the same word
   */
  public CommandRegistry(Collection<Command> commands) {
    this.commands = List.copyOf(commands);
    Map<String, Command> words = new LinkedHashMap<>();
    for (Command command : commands) {
      add(words, command.declaration().name(), command);
      command.declaration().aliases().forEach(alias -> add(words, alias, command));
    }
    this.byWord = Collections.unmodifiableMap(words);
  }

  private static void add(Map<String, Command> words, String word, Command command) {
    if (words.put(word, command) != null) {
      throw new IllegalArgumentException("two commands go by the name '" + word + "'");
    }
  }

  /** In the order in which {@code help} shows them. */
  public List<Command> commands() {
    return commands;
  }

  /** The command of this name or alias. */
  public Optional<Command> find(String word) {
    return Optional.ofNullable(byWord.get(word));
  }
}
