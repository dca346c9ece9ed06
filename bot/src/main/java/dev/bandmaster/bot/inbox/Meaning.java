package dev.bandmaster.bot.inbox;

import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Place;
import java.util.Optional;

/** What a delivery means to us. */
public sealed interface Meaning {

  /** Somebody wants something. */
  record Wish(Inbound inbound) implements Meaning {}

  /** Nothing has to be done. */
  record Nothing() implements Meaning {}

  /** It cannot be said yet; ask again in a moment. */
  record NotYet(String reason) implements Meaning {}

  /**
   * It cannot be read, now or ever.
   *
   * @param author who is to be told of it, as far as that can be made out
   */
  record Unreadable(String reason, Optional<Author> author) implements Meaning {}

  /**
   * Who did something, and where the answer to it belongs.
   *
   * @param user the person's id
   */
  record Author(String user, Place place) {}
}
