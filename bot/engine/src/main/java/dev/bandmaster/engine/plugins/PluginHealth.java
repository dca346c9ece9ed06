package dev.bandmaster.engine.plugins;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a plugin's failures and switches it off when there are too many: {@value #MOST} within ten
 * minutes, where a call that was late counts twice. It stays off until it is loaded again. Safe for
 * use by many threads.
 */
final class PluginHealth {
  private static final Logger LOG = LoggerFactory.getLogger(PluginHealth.class);

  static final int MOST = 5;

  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final String plugin;
  private final Consumer<String> operators;
  private final InstantSource clock;
  private final Deque<Instant> failures = new ArrayDeque<>();
  private volatile Optional<String> off = Optional.empty();

  PluginHealth(String plugin, Consumer<String> operators, InstantSource clock) {
    this.plugin = plugin;
    this.operators = operators;
    this.clock = clock;
  }

  /** Why it is switched off; empty while it is on. */
  Optional<String> off() {
    return off;
  }

  /**
   * Counts a failure.
   *
   * @param weight how often it counts
   * @param how the rest of a sentence that begins with the plugin
   */
  void failed(int weight, String how) {
    LOG.warn("The plugin {} {}", plugin, how);
    boolean tooMany;
    synchronized (failures) {
      Instant now = clock.instant();
      for (int i = 0; i < weight; i++) {
        failures.addLast(now);
      }
      while (!failures.isEmpty() && failures.getFirst().isBefore(now.minus(WITHIN))) {
        failures.removeFirst();
      }
      tooMany = failures.size() >= MOST;
    }
    if (tooMany) {
      switchOff("it failed repeatedly; the last time it " + how);
    }
  }

  /** Switches it off and reports why, once. */
  void switchOff(String why) {
    synchronized (failures) {
      if (off.isPresent()) {
        return;
      }
      off = Optional.of(why);
    }
    operators.accept(
        "The plugin %s is switched off: %s. Once that is solved: `plugins reload %s`."
            .formatted(plugin, why, plugin));
  }
}
