package dev.bandmaster.store;

import org.jdbi.v3.core.HandleCallback;

/** Runs pieces of work, each in a transaction of its own or not at all. For use by many threads. */
interface Writer extends AutoCloseable {

  /**
   * Runs a piece of work and returns when what it wrote is durable.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if it cannot be written now; what the work
   *     itself throws comes through unchanged, and nothing of it is kept
   */
  <T> T run(HandleCallback<T, RuntimeException> work);

  @Override
  void close();
}
