package dev.bandmaster.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the chat delivered, and what is to be treated as if it had. */
public interface Inbox {

  /**
   * Keeps a delivery, unless one with the same key is kept already.
   *
   * @return the new item, or empty for a duplicate
   * @throws StoreUnavailable if it cannot be kept; it must not be acknowledged then
   */
  Optional<Item> receive(Change.AcceptDelivery receive);

  /** All deliveries of a lease that are not dealt with, oldest first. */
  List<Item> unhandled(String lease);

  /** What became of the delivery with a key, if it is kept. */
  Optional<Progress> progress(String dedupeKey);

  /**
   * A delivery and what became of it.
   *
   * @param handled whether it is dealt with, well or not
   * @param abandoned whether it could not be dealt with
   * @param outcome what it led to, as {@link Change.MarkHandled} says; or why it was abandoned
   */
  record Progress(Item item, boolean handled, boolean abandoned, String outcome) {}

  /**
   * A delivery.
   *
   * @param kind the envelope's type
   * @param payload the envelope as it came
   * @param envelope id of that envelope, or empty where there is none
   */
  record Item(String id, String kind, String payload, Instant received, String envelope) {}
}
