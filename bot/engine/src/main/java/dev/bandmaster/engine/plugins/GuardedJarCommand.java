package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.store.PluginVersions;
import dev.bandmaster.engine.pipeline.VersionedPlugin;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;

/** A command of a jar, which presents the jobs that it planned until they have ended. */
final class GuardedJarCommand extends GuardedCommand implements VersionedPlugin {
  private final PluginVersions.Version version;

  GuardedJarCommand(
      PluginVersions.Version version,
      CommandPlugin command,
      CommandDeclaration declaration,
      PluginCalls calls) {
    super(version.plugin(), command, declaration, calls);
    this.version = version;
  }

  @Override
  public PluginVersions.Version version() {
    return version;
  }
}
