package dev.bandmaster.app;

import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operators when this replica has other keys than before, and warns them before keys end:
 * 60, 14 and 3 days, each once whatever is restarted.
 */
final class KeyNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyNotifier.class);

  private static final Duration TICK = Duration.ofSeconds(5);

  /** How often it is looked whether keys end: that is a matter of days. */
  private static final Duration WARN_EVERY = Duration.ofMinutes(10);

  /** How long it is remembered that a warning was sent: longer than the first is early. */
  private static final Duration MEMORY = Duration.ofDays(90);

  private final String replica;
  private final FleetKeys keys;
  private final OperatorNotifier operators;
  private final InstantSource clock;
  private final Ticker ticker = new Ticker("keys", TICK, this::look);
  private String held;
  private Instant nextWarning = Instant.MIN;

  KeyNotifier(String replica, FleetKeys keys, OperatorNotifier operators, InstantSource clock) {
    this.replica = replica;
    this.keys = keys;
    this.operators = operators;
    this.clock = clock;
    this.held = keys.ids();
  }

  void start() {
    ticker.start();
  }

  void look() {
    try {
      String now = keys.ids();
      if (!now.equals(held)) {
        operators.send("%s has read the bot's keys again: %s.".formatted(replica, keys.describe()));
        held = now;
      }
      if (!clock.instant().isBefore(nextWarning)) {
        for (FleetKeys.Warning warning : keys.warnings()) {
          operators.sendOnce("keys", warning.mark(), MEMORY, warning.sentence());
        }
        nextWarning = clock.instant().plus(WARN_EVERY);
      }
    } catch (StoreUnavailable away) {
      LOG.warn("Cannot look for keys that end: {}", away.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Cannot warn of keys that end", e);
    }
  }

  @Override
  public void close() {
    ticker.close();
  }
}
