package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All commands, by name and alias. A command about a job may share its word with another command:
 * behind a number the word means the job, as in {@code start 81}. What reads commands holds the
 * registry and is made before the commands are, since some of them read others. Safe for use by
 * many threads.
 */
public final class CommandRegistry {

  private volatile Commands registered = new Commands(List.of(), Map.of(), Map.of());

  /** The commands in order, and by each word they go by. */
  private record Commands(
      List<Command> all, Map<String, Command> byWord, Map<String, Command> aboutJobs) {}

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
    Map<String, Command> aboutJobs = new LinkedHashMap<>(before.aboutJobs());
    for (Command command : commands) {
      all.add(command);
      Map<String, Command> own = command instanceof Command.JobCommand ? aboutJobs : words;
      add(own, command.declaration().name(), command);
      command.declaration().aliases().forEach(alias -> add(own, alias, command));
    }
    return new Commands(
        List.copyOf(all),
        Collections.unmodifiableMap(words),
        Collections.unmodifiableMap(aboutJobs));
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
    registered = with(new Commands(List.of(), Map.of(), Map.of()), all);
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

  /** All words by which commands go. */
  public Set<String> words() {
    Commands known = registered;
    Set<String> words = new TreeSet<>(known.byWord().keySet());
    words.addAll(known.aboutJobs().keySet());
    return words;
  }

  /** The command of this name or alias; of two that share it, the one that is not about a job. */
  public Optional<Command> find(String word) {
    Commands known = registered;
    return Optional.ofNullable(known.byWord().get(word))
        .or(() -> Optional.ofNullable(known.aboutJobs().get(word)));
  }

  /**
   * The commands that a word can mean in a thread, the likeliest first. With words behind it, the
   * one that is not about a job keeps a word that two share: {@code stop staging web}.
   *
   * @param bare whether nothing is typed behind the word
   */
  List<Command> inThreads(String typed, boolean bare) {
    Commands known = registered;
    String word = typed.toLowerCase(Locale.ROOT);
    Optional<Command> aboutJob = Optional.ofNullable(known.aboutJobs().get(word));
    Optional<Command> other = Optional.ofNullable(known.byWord().get(word));
    return other.isPresent() && !bare
        ? other.stream().toList()
        : Stream.concat(aboutJob.stream(), other.stream()).toList();
  }

  /** The command that these words mean: behind a number, the one about a job. */
  public Optional<Command> find(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String word = words.getFirst().toLowerCase(Locale.ROOT);
    Command aboutJob = registered.aboutJobs().get(word);
    return aboutJob != null && words.size() > 1 && Numbers.of(words.get(1)).isPresent()
        ? Optional.of(aboutJob)
        : find(word);
  }
}
