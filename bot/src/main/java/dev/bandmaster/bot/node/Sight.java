package dev.bandmaster.bot.node;

/**
 * Whether the bot could hear a node at this moment.
 *
 * @param connected whether the broker is there and the bot takes events from it
 * @param drained whether all events that have arrived are taken in
 */
public record Sight(boolean connected, boolean drained) {
  public static final Sight CLEAR = new Sight(true, true);
  public static final Sight NO_BROKER = new Sight(false, true);
  public static final Sight BEHIND = new Sight(true, false);
}
