package dev.bandmaster.plugin;

/** What the bot gives to a plugin when it is loaded. Safe for use by many threads. */
public interface PluginContext {

  /** What its configuration section says, checked against {@link Plugin#settings}. */
  PluginSettings settings();

  /**
   * Writes a line to the bot's log, with the plugin's name before it. Values of secret settings are
   * replaced by {@code ***}; a line is cut at 1,000 characters.
   */
  void log(String sentence);
}
