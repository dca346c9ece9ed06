package dev.bandmaster.config;

import java.util.Map;

/**
 * What a configuration may name that is defined outside of it.
 *
 * @param ids what ids of channels, people and groups look like
 * @param commands the commands that run jobs: the name of each command by its name and its aliases
 */
public record KnownNames(ChatIds ids, Map<String, String> commands) {
  public KnownNames {
    commands = Map.copyOf(commands);
  }
}
