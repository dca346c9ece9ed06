package dev.bandmaster.store;

import org.jdbi.v3.core.HandleCallback;

/** The writer of a store that is only looked at. */
record NoWriter() implements Writer {

  @Override
  public <T> T run(HandleCallback<T, RuntimeException> work) {
    throw new IllegalStateException("this store is read-only");
  }

  @Override
  public void close() {}
}
