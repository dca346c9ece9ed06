package dev.bandmaster.engine.view;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;

/** The reaction under what somebody has typed: seen, and then how it ended. */
public final class StatusReaction {
  private static final String SEEN = "eyes";

  private StatusReaction() {}

  /**
   * It was seen and is being dealt with. Nobody misses this mark where there are too many for
   * Slack's limits, as long as the last one comes soon.
   *
   * @param question the timestamp of what was typed
   */
  public static Change seen(ConversationRef place, String question) {
    return mark(place, question, SEEN, "", Urgency.PROGRESS);
  }

  /** It is dealt with; the mark takes the place of the one before, if that was shown. */
  public static Change ended(ConversationRef place, String question, boolean good) {
    return mark(place, question, good ? "white_check_mark" : "x", SEEN, Urgency.SOON);
  }

  private static Change mark(
      ConversationRef place, String question, String emoji, String removes, Urgency urgency) {
    return new Change.PostMessage(
        "mark:" + place.channel() + ":" + question,
        new Outbound.Reaction(place.channel(), question, emoji, removes),
        urgency);
  }
}
