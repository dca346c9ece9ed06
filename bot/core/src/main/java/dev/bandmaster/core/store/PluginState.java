package dev.bandmaster.core.store;

import java.util.Optional;

/** Small values that plugins keep. Each plugin sees its own. */
public interface PluginState {

  Optional<String> get(String plugin, String key);

  /**
   * How much a plugin keeps.
   *
   * @param characters of all keys and values
   */
  record Size(int keys, long characters) {}

  Size size(String plugin);
}
