package dev.bandmaster.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The connections. SQLite has one that writes, for groups of work, and a few that read, since it
 * lets one writer through at a time anyway; PostgreSQL has one pool for both.
 */
final class Database implements AutoCloseable {

  /** Readers of SQLite beside its one writer. */
  private static final int READERS = 4;

  /** Connections to PostgreSQL of one replica. */
  private static final int POOL = 8;

  /** How long anybody waits for a lock or a connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Queue<Later> later = new ConcurrentLinkedQueue<>();
  private final Writer writer;
  private final HikariDataSource pool;
  private final Jdbi read;
  private final Optional<FileChannel> lock;

  private Database(Writer writer, HikariDataSource pool, Jdbi read, Optional<FileChannel> lock) {
    this.writer = writer;
    this.pool = pool;
    this.read = read;
    this.lock = lock;
  }

  /** Something to be written after a reading. */
  private record Later(HandleConsumer<RuntimeException> work, Runnable failed) {}

  static Database open(StoreSettings settings) {
    return switch (settings) {
      case StoreSettings.Sqlite(Path file) -> sqlite(file.toAbsolutePath());
      case StoreSettings.Postgresql postgresql -> postgresql(postgresql);
    };
  }

  private static Database sqlite(Path file) {
    FileChannel lock = lock(file);
    try {
      return sqlite(file, lock);
    } catch (Throwable failure) {
      release(lock);
      throw failure;
    }
  }

  private static Database sqlite(Path file, FileChannel lock) {
    // The lock's holder is alone in there, and a killed process has left its own.
    Path folder = file.resolveSibling("native");
    NativeLibrary.clear(folder);
    NativeLibrary.unpackInto(folder);
    makePrivate(file);
    SQLiteDataSource source = new SQLiteDataSource(sqliteSettings());
    source.setUrl("jdbc:sqlite:" + file);
    try {
      Schema.migrate(source, Schema.SQLITE);
      HikariDataSource readers = readers(source, false);
      return new Database(
          GroupWriter.start(source::getConnection),
          readers,
          Jdbi.create(readers),
          Optional.of(lock));
    } catch (StoreUnavailable understood) {
      throw understood;
    } catch (RuntimeException e) {
      throw StoreErrors.notOpened(file, e);
    }
  }

  /**
   * How far the tables of a store are; a SQLite file that is not there has none. Changes nothing.
   */
  static Schema.State schema(StoreSettings settings) {
    if (settings instanceof StoreSettings.Sqlite(Path file)) {
      return Files.exists(file) ? schemaOf(file) : Schema.State.NOTHING;
    }
    try (Database database = look(settings)) {
      return Schema.state(database.pool, Schema.POSTGRESQL);
    } catch (StoreUnavailable understood) {
      throw understood;
    } catch (RuntimeException e) {
      throw StoreErrors.notRead(e);
    }
  }

  /** The library is unpacked where the bot does it too, since a process loads it once. */
  private static Schema.State schemaOf(Path file) {
    try (Database database = look(file, file.toAbsolutePath().resolveSibling("native"))) {
      return Schema.state(database.pool, Schema.SQLITE);
    } catch (StoreUnavailable understood) {
      throw understood;
    } catch (RuntimeException e) {
      throw StoreErrors.notOpened(file, e);
    }
  }

  /** Opens an existing store read-only, also while others have it open. */
  static Database look(StoreSettings settings) {
    return switch (settings) {
      case StoreSettings.Sqlite(Path file) -> {
        if (!Files.isRegularFile(file)) {
          throw new StoreUnavailable("No store found at " + file + ".");
        }
        yield look(file, file.toAbsolutePath().resolveSibling(""));
      }
      case StoreSettings.Postgresql postgresql -> {
        HikariConfig pool = serverPool(postgresql);
        pool.setReadOnly(true);
        HikariDataSource readers = connect(pool);
        yield new Database(new NoWriter(), readers, Jdbi.create(readers), Optional.empty());
      }
    };
  }

  private static Database look(Path file, Path library) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setReadOnly(true);
    sqlite.setBusyTimeout((int) PATIENCE.toMillis());
    NativeLibrary.unpackInto(library);
    SQLiteDataSource source = new SQLiteDataSource(sqlite);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      HikariDataSource readers = readers(source, true);
      return new Database(new NoWriter(), readers, Jdbi.create(readers), Optional.empty());
    } catch (RuntimeException e) {
      throw StoreErrors.notOpened(file, e);
    }
  }

  private static SQLiteConfig sqliteSettings() {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.enforceForeignKeys(true);
    sqlite.setBusyTimeout((int) PATIENCE.toMillis());
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return sqlite;
  }

  private static HikariDataSource readers(DataSource source, boolean readOnly) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("store-reader");
    pool.setMaximumPoolSize(READERS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(PATIENCE.toMillis());
    pool.setReadOnly(readOnly);
    pool.setDataSource(source);
    return new HikariDataSource(pool);
  }

  private static Database postgresql(StoreSettings.Postgresql settings) {
    HikariDataSource source = connect(serverPool(settings));
    try {
      Schema.migrate(source, Schema.POSTGRESQL);
    } catch (Throwable failure) {
      source.close();
      throw failure;
    }
    Jdbi jdbi = Jdbi.create(source);
    return new Database(new PooledWriter(jdbi), source, jdbi, Optional.empty());
  }

  private static HikariConfig serverPool(StoreSettings.Postgresql settings) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("store");
    pool.setMaximumPoolSize(POOL);
    pool.setMinimumIdle(1);
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setConnectionTimeout(PATIENCE.toMillis());
    pool.setDataSourceProperties(serverSettings());
    return pool;
  }

  /** What is asked of the driver unless the address says otherwise; times are in seconds. */
  private static Properties serverSettings() {
    Properties settings = new Properties();
    settings.setProperty("ApplicationName", "bandmaster");
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
    // A server that stops responding is abandoned, and the caller repeats the work.
    settings.setProperty("socketTimeout", "60");
    return settings;
  }

  private static HikariDataSource connect(HikariConfig pool) {
    try {
      return new HikariDataSource(pool);
    } catch (RuntimeException e) {
      throw StoreErrors.notConnected(String.valueOf(pool.getJdbcUrl()), e);
    }
  }

  /** SQLite gives the files beside the store the rights of the store; older ones are narrowed. */
  private static void makePrivate(Path file) {
    try {
      PrivateFiles.file(file);
      for (String beside : List.of("-wal", "-shm", "-journal")) {
        Path other = file.resolveSibling(file.getFileName() + beside);
        if (Files.exists(other)) {
          PrivateFiles.file(other);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The store cannot be made private: " + file, e);
    }
  }

  /** Makes a second process on the same file stop instead of answering everything twice. */
  private static FileChannel lock(Path file) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      PrivateFiles.folder(file.resolveSibling(""));
      FileChannel channel = FileChannel.open(PrivateFiles.file(lockFile), StandardOpenOption.WRITE);
      FileLock held = channel.tryLock();
      if (held == null) {
        channel.close();
        throw inUse(file);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      throw inUse(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The store's folder is not writable: " + lockFile, e);
    }
  }

  private static StoreUnavailable inUse(Path file) {
    return new StoreUnavailable(
        "Another process uses the store %s. Stop it first, or give this one its own file; for two replicas use PostgreSQL."
            .formatted(file));
  }

  /** Runs work in one transaction. */
  void write(HandleConsumer<RuntimeException> work) {
    writer.run(handle -> {
      work.useHandle(handle);
      return true;
    });
  }

  <T> T writing(HandleCallback<T, RuntimeException> work) {
    T result = writer.run(work);
    catchUp();
    return result;
  }

  <T> T read(HandleCallback<T, RuntimeException> work) {
    try {
      T result = read.withHandle(work);
      catchUp();
      return result;
    } catch (JdbiException e) {
      throw StoreErrors.notRead(e);
    }
  }

  /**
   * Writes something once the reading that is under way is over, in a transaction of its own.
   *
   * @param failed is called if it could not be written; nobody else is notified of that
   */
  void afterwards(HandleConsumer<RuntimeException> work, Runnable failed) {
    later.add(new Later(work, failed));
  }

  private void catchUp() {
    for (Later next = later.poll(); next != null; next = later.poll()) {
      try {
        HandleConsumer<RuntimeException> work = next.work();
        writer.run(handle -> {
          work.useHandle(handle);
          return true;
        });
      } catch (RuntimeException e) {
        LOG.warn("Cannot record a problem found while reading: {}", e.getMessage());
        next.failed().run();
      }
    }
  }

  @Override
  public void close() {
    writer.close();
    pool.close();
    lock.ifPresent(Database::release);
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
