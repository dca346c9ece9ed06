package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.store.PluginVersions;
import dev.bandmaster.plugin.CommandPlugin;

/** A command of a plugin that may be replaced while the bot runs; a job remembers its version. */
public interface VersionedPlugin extends CommandPlugin {

  /** Which version of which plugin it is. */
  PluginVersions.Version version();
}
