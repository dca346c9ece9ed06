package dev.bandmaster.plugin;

import java.util.List;
import java.util.Optional;

/**
 * What a plugin's jar brings. The jar names one implementation, with a public constructor without
 * parameters, in {@code META-INF/services/dev.bandmaster.plugin.Plugin}.
 *
 * <p>The bot calls a plugin from threads of the plugin's own, several at once. Each call has a
 * deadline, ten seconds unless the configuration says otherwise; at its end the thread is
 * interrupted. A call that throws, that is late, or that leaves threads behind is a failure, and a
 * plugin with too many of them is switched off until it is reloaded. {@code null} is never a valid
 * result.
 *
 * <p>A jar sees {@code java.*} and the other classes of the JDK, the packages {@code
 * dev.bandmaster.plugin} and {@code dev.bandmaster.model}, and what it brings itself.
 */
public interface Plugin {

  /**
   * The settings of its configuration section, each with its type and meaning. Called once, before
   * {@link #commands}. By default none.
   */
  default List<Setting> settings() {
    return List.of();
  }

  /**
   * The commands it adds. Called once, when the plugin is loaded; an exception means that it cannot
   * be loaded. No command may have a name or an alias that another one has. Each needs a permission
   * that is its own name, or its own name followed by a colon and more.
   */
  List<CommandPlugin> commands(PluginContext context);

  /**
   * The runbooks it adds; see {@link Runbook}. Called once, after {@link #commands}. By default
   * none. At most 50; one with the name of another that the configuration defines is not used.
   */
  default List<Runbook> runbooks(PluginContext context) {
    return List.of();
  }

  /**
   * What it does when a job has ended, an alert has begun or is over, and a node comes or goes.
   * Called once, after {@link #runbooks}. By default nothing.
   */
  default Optional<EventListener> listener(PluginContext context) {
    return Optional.empty();
  }

  /**
   * Called once when the plugin is no longer used: after it was removed or replaced and the last
   * job that it planned has ended, and when the bot stops.
   */
  default void close() {}
}
