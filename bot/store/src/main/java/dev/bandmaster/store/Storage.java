package dev.bandmaster.store;

import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.Principals;
import dev.bandmaster.core.store.SetAside;
import dev.bandmaster.core.store.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConnection;

/**
 * The operator's view of a store. It takes no lock, so a bot may run on it meanwhile, and writes
 * nothing into it.
 */
public final class Storage implements AutoCloseable {
  /** Tables that have not changed for so long are not being made; one step takes far less. */
  private static final Duration STILL = Duration.ofSeconds(3);

  /** Rows that are named; their number is in the line of their table. */
  private static final int MOST_SET_ASIDE = 1_000;

  private final StoreSettings settings;
  private final Database database;

  private Storage(StoreSettings settings, Database database) {
    this.settings = settings;
    this.database = database;
  }

  /**
   * Opens a store that exists, for reading.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if there is none or it cannot be reached
   */
  public static Storage look(StoreSettings settings) {
    return new Storage(settings, Database.look(settings));
  }

  /**
   * Why this program cannot run on a store as it is, in a sentence: a newer program made it, or it
   * has to be migrated first. Empty also where there is no store yet. Changes nothing.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if it cannot be reached or read
   */
  public static Optional<String> schemaProblem(StoreSettings settings) {
    return settled(settings).refusal();
  }

  /**
   * How far the tables are when nobody changes them any more: of two replicas that start on an
   * empty database, one makes the tables, and the other sees them half made.
   */
  private static Schema.State settled(StoreSettings settings) {
    Schema.State state = Database.schema(settings);
    while (settings instanceof StoreSettings.Postgresql && state.isOlder()) {
      try {
        Thread.sleep(STILL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return state;
      }
      Schema.State before = state;
      state = Database.schema(settings);
      if (state.equals(before)) {
        return state;
      }
    }
    return state;
  }

  /** Whether a newer program made a store: then it must not be migrated. */
  public static boolean isNewer(StoreSettings settings) {
    return Database.schema(settings).newer();
  }

  /** Where the backup of a SQLite store goes that is made before it is migrated. */
  public static Path backupBeforeMigration(Path file, StoreSettings settings) {
    return file.resolveSibling(
        "%s.before-%s".formatted(file.getFileName(), Database.schema(settings).known()));
  }

  public Audit audit() {
    return new AuditTable(database);
  }

  public Principals principals() {
    return new PrincipalTable(database);
  }

  /**
   * Something that was looked at.
   *
   * @param good whether it is as it should be
   */
  public record Finding(boolean good, String sentence) {}

  /** Looks at everything: the file, the references, the version, every table, the audit. */
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(database.read(handle -> tables(handle)));
    findings.add(
        switch (AuditChain.verify(audit(), Optional.empty())) {
          case AuditChain.Verdict.Whole whole ->
              new Finding(true, "the audit log is intact: " + whole.rows() + " rows");
          case AuditChain.Verdict.Broken(long number, String reason) ->
              new Finding(false, "the audit log is broken at row %d: %s".formatted(number, reason));
        });
    return findings;
  }

  private List<Finding> tables(Handle handle) {
    List<Finding> findings = new ArrayList<>();
    List<String> tables =
        switch (settings) {
          case StoreSettings.Sqlite _ -> {
            findings.add(integrity(handle));
            findings.add(references(handle));
            yield Tables.inSqlite(handle);
          }
          // A server manages its own files and enforces its references.
          case StoreSettings.Postgresql _ -> Tables.inPostgresql(handle);
        };
    findings.add(
        Tables.version(handle)
            .map(version -> new Finding(true, "the schema has version " + version))
            .orElse(new Finding(false, "the schema has no version")));
    for (String table : tables) {
      long rows = handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one();
      findings.add(new Finding(true, "%s: %d rows".formatted(table, rows)));
    }
    if (tables.contains("set_aside")) {
      for (SetAside.Row row : SetAsideTable.rows(handle, "1 = 1", MOST_SET_ASIDE)) {
        findings.add(
            new Finding(false, "set aside since %s: %s".formatted(row.since(), row.describe())));
      }
    }
    return findings;
  }

  private static Finding integrity(Handle handle) {
    List<String> words = handle.createQuery("PRAGMA integrity_check").mapTo(String.class).list();
    return words.equals(List.of("ok"))
        ? new Finding(true, "the file is intact")
        : new Finding(false, "the file is damaged: " + String.join("; ", words));
  }

  private static Finding references(Handle handle) {
    int broken = handle.createQuery("PRAGMA foreign_key_check").mapToMap().list().size();
    return broken == 0
        ? new Finding(true, "every reference is valid")
        : new Finding(false, broken + " references are invalid");
  }

  /**
   * Writes a copy of a SQLite store as it is at one moment, while a bot may go on writing.
   *
   * @param target must not exist; readable for its owner only
   * @throws StoreUnavailable if it cannot be written, or is not intact; there is no target then
   * @throws IllegalStateException on PostgreSQL, see {@link #dumpCommand}
   */
  public void backup(Path target) {
    if (!(settings instanceof StoreSettings.Sqlite)) {
      throw new IllegalStateException("PostgreSQL has its own backups");
    }
    if (Files.exists(target)) {
      throw new StoreUnavailable("The file %s already exists.".formatted(target));
    }
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try {
      Files.deleteIfExists(partial);
      Files.createFile(partial, OwnerOnly.of(partial));
      database.read(handle -> {
        backup(handle, partial);
        return true;
      });
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the backup: " + e.getMessage(), e);
    } finally {
      deleteQuietly(partial);
    }
  }

  private static void backup(Handle handle, Path partial) {
    try {
      // All pages in one step: a copy in several steps restarts whenever the bot writes.
      int code =
          handle
              .getConnection()
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", partial.toString(), null, 100, 50, -1);
      if (code != 0) {
        throw new StoreUnavailable("The backup failed with SQLite error " + code + ".");
      }
    } catch (SQLException e) {
      throw StoreErrors.notRead(e);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is only a leftover.
    }
  }

  /** The command that backs up a PostgreSQL store; it holds no password. */
  public static String dumpCommand(StoreSettings.Postgresql settings) {
    String address = settings.url().substring("jdbc:".length());
    int parameters = address.indexOf('?');
    return "pg_dump --format=custom --file=bandmaster.dump --username=%s --dbname=%s"
        .formatted(settings.user(), parameters < 0 ? address : address.substring(0, parameters));
  }

  @Override
  public void close() {
    database.close();
  }
}
