package dev.bandmaster.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of a plugin's configuration section. Unknown keys, wrong types and values out of bounds
 * refuse the section, each with its line.
 *
 * @param key lower case letters, digits and underscores, at most 64 characters
 * @param type what may stand there
 * @param required whether the section cannot do without it
 * @param description a sentence
 */
public record Setting(String key, Type type, boolean required, String description) {

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** What may stand for a setting. */
  public sealed interface Type {
    /** Any text that is not empty. */
    record Text() implements Type {}

    /**
     * A text that is never shown; it may also be set by {@code key_file} or {@code key_env}, which
     * name a file or an environment variable of the bot.
     */
    record Secret() implements Type {}

    /** A whole number; both bounds included. */
    record WholeNumber(int least, int most) implements Type {}

    /** {@code true} or {@code false}. */
    record Flag() implements Type {}

    /** A length of time such as {@code 90s}; both bounds included. */
    record Span(Duration least, Duration most) implements Type {}

    /** A list of texts, not empty. */
    record Texts() implements Type {}

    /** One of these words. */
    record Choice(List<String> words) implements Type {
      public Choice {
        words = List.copyOf(words);
      }
    }
  }

  public Setting {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "a setting is named in lower case letters, digits and underscores: " + key);
    }
  }

  /** A setting without which the plugin cannot work. */
  public static Setting required(String key, Type type, String description) {
    return new Setting(key, type, true, description);
  }

  /** A setting that may be left out; {@link PluginSettings} then gives {@link Optional#empty}. */
  public static Setting optional(String key, Type type, String description) {
    return new Setting(key, type, false, description);
  }
}
