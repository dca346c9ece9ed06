package dev.bandmaster.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** A piece of work within a group, and the one who waits for it. */
final class SqlPiece<T> {
  private final HandleCallback<T, RuntimeException> work;
  private final CompletableFuture<T> end = new CompletableFuture<>();
  private Runnable completion = () -> {};

  SqlPiece(HandleCallback<T, RuntimeException> work) {
    this.work = work;
  }

  /**
   * Does the work in a savepoint. If it fails, nothing of it stays, and that is the business of the
   * one who waits, not of the group.
   *
   * @throws SQLException if the transaction as a whole is lost
   * @throws JdbiException if it is lost because of what this piece did
   */
  void run(Handle handle, Connection connection) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      T result = work.withHandle(handle);
      completion = () -> end.complete(result);
    } catch (RuntimeException | Error e) {
      undo(connection, before, e);
      completion = () -> end.completeExceptionally(e);
    }
    connection.releaseSavepoint(before);
  }

  /** On a full disk SQLite rolls back the whole transaction, and the cause is the first failure. */
  private static void undo(Connection connection, Savepoint before, Throwable failure)
      throws SQLException {
    try {
      connection.rollback(before);
    } catch (SQLException lost) {
      if (failure instanceof JdbiException cause) {
        cause.addSuppressed(lost);
        throw cause;
      }
      throw lost;
    }
  }

  /** The group is on the disk. */
  void complete() {
    completion.run();
  }

  /** The group as a whole was lost. */
  void fail(RuntimeException reason) {
    end.completeExceptionally(reason);
  }

  /** Waits for the end, also if interrupted: the caller has to know whether it was stored. */
  T await() {
    try {
      return end.join();
    } catch (CompletionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private static RuntimeException unwrapped(@Nullable Throwable thrown) {
    return switch (thrown) {
      case JdbiException e -> StoreErrors.notWritten(e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException(thrown);
    };
  }
}
