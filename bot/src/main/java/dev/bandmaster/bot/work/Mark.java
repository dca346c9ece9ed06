package dev.bandmaster.bot.work;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;

/** The reaction under what somebody has typed: seen, and then how it ended. */
public final class Mark {
  private static final String SEEN = "eyes";

  private Mark() {}

  /**
   * It was seen and is being dealt with. Nobody misses this mark where there are too many for
   * Slack's limits, as long as the last one comes soon.
   *
   * @param question the timestamp of what was typed
   */
  public static Change seen(Place place, String question) {
    return mark(place, question, SEEN, "", Urgency.PROGRESS);
  }

  /** It is dealt with; the mark takes the place of the one before, if that was shown. */
  public static Change ended(Place place, String question, boolean good) {
    return mark(place, question, good ? "white_check_mark" : "x", SEEN, Urgency.SOON);
  }

  private static Change mark(
      Place place, String question, String emoji, String removes, Urgency urgency) {
    return new Change.Show(
        "mark:" + place.channel() + ":" + question,
        new Outbound.Reacted(place.channel(), question, emoji, removes),
        urgency);
  }
}
