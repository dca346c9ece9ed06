package dev.bandmaster.core.chat;

import java.time.Duration;
import java.util.Optional;

/** Keeps the bot within what the chat service lets through. Safe for use by many threads. */
public interface RateLimiter {

  /**
   * Asks to send an item now.
   *
   * @param redraw whether the item is there already and is only to be changed
   * @param important whether it may use the capacity that is kept from mere progress
   * @return empty if it may be sent now, and that has been counted; otherwise how long to wait
   */
  Optional<Duration> hold(Outbound item, boolean redraw, boolean important);

  /**
   * Whether everything of an item's method has to wait now, in every channel. Asked about an item
   * that has just been held; counts nothing.
   */
  default boolean holdsMethod(Outbound item, boolean redraw, boolean important) {
    return false;
  }

  /** The chat service has refused an item for now: nothing of its sort is sent before the delay. */
  void limited(Outbound item, boolean redraw, Duration delay);

  /** Divides what may be sent among so many replicas, this one included; at any time. */
  default void shareWith(int replicas) {}

  /** How often the chat service has refused something for now. */
  default long refusals() {
    return 0;
  }
}
