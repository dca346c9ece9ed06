package dev.bandmaster.store;

import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** One transaction on one connection of a pool for each piece of work, as PostgreSQL likes it. */
record PooledWriter(Jdbi jdbi) implements Writer {

  @Override
  public <T> T run(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction(work);
    } catch (JdbiException e) {
      throw StoreErrors.notWritten(e);
    }
  }

  /** The pool belongs to its creator. */
  @Override
  public void close() {}
}
