package dev.bandmaster.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The values of a plugin's settings, already checked against their {@link Setting.Type}. Immutable.
 * A setting that was left out has no value. {@link #toString} shows the keys alone, since values
 * may be secret.
 */
public final class PluginSettings {

  /** No settings. */
  public static final PluginSettings NONE = new PluginSettings(Map.of());

  private final Map<String, List<String>> values;

  /**
   * Settings with these values, for the bot and for tests.
   *
   * @param values by key; each as it would be written, durations in milliseconds with {@code ms}
   */
  public PluginSettings(Map<String, List<String>> values) {
    this.values =
        values.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
  }

  /** The value of a {@code Text}, {@code Secret} or {@code Choice}. */
  public Optional<String> text(String key) {
    return texts(key).stream().findFirst();
  }

  /** The value of a {@code WholeNumber}. */
  public Optional<Integer> number(String key) {
    return text(key).map(Integer::valueOf);
  }

  /** Whether a {@code Flag} is true; false where it was left out. */
  public boolean flag(String key) {
    return text(key).filter("true"::equals).isPresent();
  }

  /** The value of a {@code Span}. */
  public Optional<Duration> span(String key) {
    return text(key)
        .map(word -> Duration.ofMillis(Long.parseLong(word.substring(0, word.length() - 2))));
  }

  /** The values of {@code Texts}; empty where it was left out. */
  public List<String> texts(String key) {
    return values.getOrDefault(key, List.of());
  }

  @Override
  public String toString() {
    return "PluginSettings" + new TreeSet<>(values.keySet());
  }
}
