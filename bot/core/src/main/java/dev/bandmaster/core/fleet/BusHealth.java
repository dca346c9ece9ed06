package dev.bandmaster.core.fleet;

/**
 * Whether the bot could receive from a node at this moment.
 *
 * @param connected whether the broker is there and the bot takes events from it
 * @param drained whether all events that have arrived are taken in
 */
public record BusHealth(boolean connected, boolean drained) {
  public static final BusHealth CLEAR = new BusHealth(true, true);
  public static final BusHealth NO_BROKER = new BusHealth(false, true);
  public static final BusHealth BEHIND = new BusHealth(true, false);
}
