package dev.bandmaster.plugin;

/** What a plugin does when something has happened. */
@FunctionalInterface
public interface EventListener {

  /**
   * Something has happened. Called in a thread of the plugin's, one event after the other, with the
   * time limit of each call; events that pile up beyond 1,000 are dropped, the oldest first.
   *
   * @param services what may be used until the call returns, and afterwards not
   */
  void on(PluginEvent event, PluginServices services);
}
