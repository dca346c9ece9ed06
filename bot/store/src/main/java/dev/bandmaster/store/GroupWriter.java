package dev.bandmaster.store;

import dev.bandmaster.core.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of SQLite. A commit waits for the disk, so all work that has come in meanwhile is
 * committed together: one transaction, in which each piece has a savepoint and fails alone. The one
 * that brings work waits until it is on the disk, and is served in the order of coming.
 *
 * <p>The thread is a platform thread, since SQLite spends its time in native code.
 */
final class GroupWriter implements Writer {

  /** Pieces of work in one transaction at most, so that nobody waits for a very long one. */
  private static final int LARGEST_GROUP = 256;

  private final BlockingQueue<SqlPiece<?>> waiting = new LinkedBlockingQueue<>();
  private final ConnectionFactory connections;
  private final Jdbi jdbi;
  private final Thread thread;
  private @Nullable Connection connection;
  private volatile boolean closed;
  private volatile boolean ended;

  private GroupWriter(ConnectionFactory connections) {
    this.connections = connections;
    this.jdbi = Jdbi.create(new Kept());
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::loop);
  }

  /**
   * Starts a writer.
   *
   * @param connections opens the connection, and a new one after a failure
   */
  static GroupWriter start(ConnectionFactory connections) {
    GroupWriter writer = new GroupWriter(connections);
    writer.thread.start();
    return writer;
  }

  /** Lends the one connection to Jdbi and keeps it open. */
  private final class Kept implements ConnectionFactory {
    @Override
    public Connection openConnection() throws SQLException {
      return connection();
    }

    @Override
    public void closeConnection(Connection lent) {}
  }

  @Override
  public <T> T run(HandleCallback<T, RuntimeException> work) {
    if (closed) {
      throw closedStore();
    }
    SqlPiece<T> piece = new SqlPiece<>(work);
    waiting.add(piece);
    if (ended) {
      endLeftOvers();
    }
    return piece.await();
  }

  private static StoreUnavailable closedStore() {
    return new StoreUnavailable("The store is closed.");
  }

  /** How many pieces of work wait for their group. */
  int waiting() {
    return waiting.size();
  }

  private void loop() {
    List<SqlPiece<?>> group = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      try {
        group.add(waiting.take());
      } catch (InterruptedException e) {
        // Closed: what came before is still written.
        continue;
      }
      waiting.drainTo(group, LARGEST_GROUP - 1);
      write(group);
      group.clear();
    }
    discardConnection();
  }

  private void write(List<SqlPiece<?>> group) {
    try {
      Connection open = connection();
      open.setAutoCommit(false);
      try (Handle handle = jdbi.open()) {
        for (SqlPiece<?> piece : group) {
          piece.run(handle, open);
        }
        // Commits.
        open.setAutoCommit(true);
      }
    } catch (SQLException | RuntimeException e) {
      discardConnection();
      group.forEach(piece -> piece.fail(StoreErrors.notWritten(e)));
      return;
    }
    group.forEach(SqlPiece::complete);
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = connections.openConnection();
      connection = open;
    }
    return open;
  }

  /** Closes the connection, and rolls back with it what was not committed. */
  private void discardConnection() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It is given up either way.
      }
    }
  }

  /** Ends what came in at the very moment of closing. */
  private void endLeftOvers() {
    List<SqlPiece<?>> late = new ArrayList<>();
    waiting.drainTo(late);
    late.forEach(piece -> piece.fail(closedStore()));
  }

  /** Writes what has come in already, and ends. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    ended = true;
    endLeftOvers();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
