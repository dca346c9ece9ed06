package dev.bandmaster.core.chat;

import java.util.Optional;

/** What a delivery means to us. */
public sealed interface DeliveryMeaning {

  /** Somebody wants something. */
  record Wish(Inbound inbound) implements DeliveryMeaning {}

  /** Nothing has to be done. */
  record Nothing() implements DeliveryMeaning {}

  /** It cannot be said yet; ask again in a moment. */
  record NotYet(String reason) implements DeliveryMeaning {}

  /**
   * Somebody wanted something and it will not be done.
   *
   * @param sentence for the person: why not, and what to do
   * @param author who is to be told of it, as far as that can be made out
   */
  record GivenUp(String sentence, Optional<Author> author) implements DeliveryMeaning {}

  /**
   * It cannot be read, now or ever.
   *
   * @param author who is to be told of it, as far as that can be made out
   */
  record Unreadable(String reason, Optional<Author> author) implements DeliveryMeaning {}

  /**
   * Who did something, and where the answer to it belongs.
   *
   * @param user the person's id
   */
  record Author(String user, ConversationRef place) {}
}
