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

  /**
   * A delivery.
   *
   * @param kind the envelope's type
   * @param payload the envelope as it came
   * @param envelope id of that envelope, or empty where there is none
   */
  record Item(String id, String kind, String payload, Instant received, String envelope) {}
}
