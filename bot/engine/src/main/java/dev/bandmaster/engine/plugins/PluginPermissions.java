package dev.bandmaster.engine.plugins;

import java.util.Set;

/**
 * What plugins may reach when something has happened. Nothing, unless the configuration says so.
 *
 * @param channels ids of channels into which they may post
 * @param hosts names of hosts that they may call, with {@code :port} where it is not the usual one
 */
public record PluginPermissions(Set<String> channels, Set<String> hosts) {

  /** Nothing. */
  public static final PluginPermissions NONE = new PluginPermissions(Set.of(), Set.of());

  public PluginPermissions {
    channels = Set.copyOf(channels);
    hosts = Set.copyOf(hosts);
  }
}
