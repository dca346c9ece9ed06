package dev.bandmaster.plugin;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a plugin may do when something has happened. A limit that is exceeded throws an {@link
 * IllegalArgumentException} or an {@link IllegalStateException} with the reason.
 */
public interface PluginServices {

  /**
   * Posts a message into a channel that the configuration allows under {@code plugins.channels}. At
   * most 20 messages in a minute.
   *
   * @param channel the channel's id
   * @param message its buttons run commands or open forms: {@link #button}
   */
  void post(String channel, Message message);

  /**
   * A button that runs a command with the rights of the person who clicks it. A command with a form
   * of which something required is missing offers its form.
   */
  static Message.Button button(String command, String label) {
    return new Message.Button(
        "command.run", command, label, Message.Button.Style.PLAIN, Optional.empty());
  }

  /** A value that the plugin has kept; it survives a restart, and all replicas share it. */
  Optional<String> get(String key);

  /**
   * Keeps a value: at most 500 keys of 200 characters, 64 KiB a value and 1 MiB together.
   *
   * @param key any text that is not blank
   */
  void put(String key, String value);

  /** Forgets a value. */
  void remove(String key);

  /**
   * Calls a host that the configuration allows under {@code plugins.hosts}, over https or http; at
   * most 1 MiB each way and within the time of the call. Redirects are not followed.
   *
   * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
   * @param body empty for none
   */
  Answer call(String method, URI address, Map<String, String> headers, String body);

  /** What a host has answered. */
  record Answer(int status, String body) {}
}
