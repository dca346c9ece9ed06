package dev.bandmaster.bot.inbox;

import dev.bandmaster.bot.chat.Inbound;

/** What a delivery means to us. */
public sealed interface Meaning {

  /** Somebody wants something. */
  record Wish(Inbound inbound) implements Meaning {}

  /** Nothing has to be done. */
  record Nothing() implements Meaning {}

  /** It cannot be said yet; ask again in a moment. */
  record NotYet(String reason) implements Meaning {}

  /** It cannot be read, now or ever. */
  record Unreadable(String reason) implements Meaning {}
}
