package dev.bandmaster.bot.store.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bandmaster.bot.store.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/**
 * The connections. SQLite has one connection that writes and a few that read, since it lets one
 * writer through at a time anyway; PostgreSQL has one pool for both.
 */
final class Database implements AutoCloseable {

  /** Readers of SQLite beside its one writer. */
  private static final int READERS = 4;

  /** Connections to PostgreSQL of one replica. */
  private static final int POOL = 8;

  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final Jdbi write;
  private final Jdbi read;
  private final Optional<FileChannel> lock;

  private Database(HikariDataSource writers, HikariDataSource readers, Optional<FileChannel> lock) {
    this.writers = writers;
    this.readers = readers;
    this.write = Jdbi.create(writers);
    this.read = Jdbi.create(readers);
    this.lock = lock;
  }

  static Database open(StoreSettings settings) {
    return switch (settings) {
      case StoreSettings.Sqlite(Path file) -> sqlite(file.toAbsolutePath());
      case StoreSettings.Postgresql postgresql -> postgresql(postgresql);
    };
  }

  private static Database sqlite(Path file) {
    FileChannel lock = lock(file);
    // The native library is unpacked beside the data: /tmp may be mounted noexec.
    System.setProperty("org.sqlite.tmpdir", file.resolveSibling("").toString());
    HikariDataSource writer = sqlitePool(file, 1, "store-writer");
    migrate(writer, Map.of("bigint", "INTEGER", "strict", " STRICT"));
    return new Database(writer, sqlitePool(file, READERS, "store-reader"), Optional.of(lock));
  }

  private static HikariDataSource sqlitePool(Path file, int size, String name) {
    SQLiteConfig sqlite = new SQLiteConfig();
    sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
    sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    sqlite.enforceForeignKeys(true);
    sqlite.setBusyTimeout(5000);
    sqlite.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(1);
    pool.setJdbcUrl("jdbc:sqlite:" + file);
    pool.setDataSourceProperties(sqlite.toProperties());
    return new HikariDataSource(pool);
  }

  private static Database postgresql(StoreSettings.Postgresql settings) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("store");
    pool.setMaximumPoolSize(POOL);
    pool.setMinimumIdle(1);
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    HikariDataSource source = connect(pool);
    migrate(source, Map.of("bigint", "BIGINT", "strict", ""));
    return new Database(source, source, Optional.empty());
  }

  private static HikariDataSource connect(HikariConfig pool) {
    try {
      return new HikariDataSource(pool);
    } catch (RuntimeException e) {
      throw new StoreUnavailable(
          "The store at " + pool.getJdbcUrl() + " does not answer: " + rootMessage(e), e);
    }
  }

  private static void migrate(DataSource source, Map<String, String> placeholders) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .placeholders(placeholders)
        .communityDBSupportEnabled(false)
        .load()
        .migrate();
  }

  /** Makes a second process on the same file stop instead of answering everything twice. */
  private static FileChannel lock(Path file) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.resolveSibling(""));
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = channel.tryLock();
      if (held == null) {
        channel.close();
        throw inUse(file);
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      throw inUse(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The store's folder cannot be written: " + lockFile, e);
    }
  }

  private static StoreUnavailable inUse(Path file) {
    return new StoreUnavailable(
        "Another process uses the store %s. Stop it first, or give this one its own file; for two replicas use PostgreSQL."
            .formatted(file));
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** Runs work in one transaction. */
  void write(HandleConsumer<RuntimeException> work) {
    try {
      write.useTransaction(work);
    } catch (JdbiException e) {
      throw new StoreUnavailable("The store cannot be written: " + rootMessage(e), e);
    }
  }

  <T> T writing(HandleCallback<T, RuntimeException> work) {
    try {
      return write.inTransaction(work);
    } catch (JdbiException e) {
      throw new StoreUnavailable("The store cannot be written: " + rootMessage(e), e);
    }
  }

  <T> T read(HandleCallback<T, RuntimeException> work) {
    try {
      return read.withHandle(work);
    } catch (JdbiException e) {
      throw new StoreUnavailable("The store cannot be read: " + rootMessage(e), e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writers.close();
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
