package dev.bandmaster.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was said for each parameter, already checked against its {@link Parameter.Type}. A parameter
 * that was left out has no entry; a flag that was given has an empty list.
 *
 * @param values the words by parameter name
 */
public record Arguments(Map<String, List<String>> values) {

  public static final Arguments NONE = new Arguments(Map.of());

  public Arguments {
    values =
        values.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }

  /**
   * The word given for a required parameter.
   *
   * @throws IllegalStateException if the declaration did not make it required
   */
  public String word(String name) {
    return find(name).orElseThrow(() -> new IllegalStateException(name + " is not required"));
  }

  /** The word given for a parameter, if any. */
  public Optional<String> find(String name) {
    return words(name).stream().findFirst();
  }

  /** The number of nodes given for a parameter of the type {@link Parameter.Type.Size}. */
  public Optional<Rollout.Size> size(String name) {
    return find(name)
        .map(word ->
            word.endsWith("%")
                ? new Rollout.Size(Integer.parseInt(word.substring(0, word.length() - 1)), true)
                : new Rollout.Size(Integer.parseInt(word), false));
  }

  /** The time given for a parameter of the type {@link Parameter.Type.Span}. */
  public Optional<Duration> span(String name) {
    return find(name).map(Spans::read);
  }

  /** All words given for a parameter; empty if there are none. */
  public List<String> words(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether a flag was given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }
}
