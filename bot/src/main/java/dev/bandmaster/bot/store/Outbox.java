package dev.bandmaster.bot.store;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.store.Change.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Slack is to show. An item has the content that is wanted and a version of it; whoever sends
 * it notes which version is there. Any number of redraws between two sendings are one.
 */
public interface Outbox {

  /** Items whose newest version is not there yet and which may be tried now, the urgent first. */
  List<Item> due(Instant now, int limit);

  /** When the next item that is held back may be tried. */
  Optional<Instant> nextAttempt();

  /** This version is there. */
  void sent(String id, long version, String timestamp);

  /** It did not work; try again at the given time. */
  void postpone(String id, Instant next, boolean uncertain, String reason);

  /** The message is gone from Slack: post it anew. */
  void repost(String id);

  /** It will never work in this form; it is kept for inspection, and tried again once redrawn. */
  void park(String id, String reason);

  /** How many items wait. */
  long waiting();

  /** How many items were given up. */
  long parked();

  /** The timestamp under which an item is shown, if it is there. */
  Optional<String> timestamp(String id);

  /**
   * An item to be sent.
   *
   * @param version grows with each redraw
   * @param timestamp where it is shown already
   * @param attempts failed ones since the last success
   * @param uncertain whether an earlier attempt may have been received
   */
  record Item(
      String id,
      Outbound content,
      Urgency urgency,
      long version,
      Optional<String> timestamp,
      int attempts,
      boolean uncertain) {}
}
