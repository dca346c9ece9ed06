package dev.bandmaster.store;

import dev.bandmaster.core.store.StoreNotThereYet;
import dev.bandmaster.core.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;

/** Faults of a database, in a sentence. */
final class StoreErrors {

  private StoreErrors() {}

  static StoreUnavailable notWritten(Throwable cause) {
    return new StoreUnavailable("Cannot write to the store: " + rootMessage(cause), cause);
  }

  static StoreUnavailable notRead(Throwable cause) {
    return new StoreUnavailable("Cannot read the store: " + rootMessage(cause), cause);
  }

  /** A file that is there and is not a store, or is damaged. */
  static StoreUnavailable notOpened(Path file, Throwable cause) {
    String reason = rootMessage(cause);
    boolean damaged = reason.contains("SQLITE_CORRUPT") || reason.contains("SQLITE_NOTADB");
    return new StoreUnavailable(
        damaged
            ? "The store %s is damaged or is not a store (%s). Move it away with the files beside it and restore a backup: docs/how-to/storage.md."
                .formatted(file, reason)
            : "The store %s cannot be opened: %s".formatted(file, reason),
        cause);
  }

  /** A server that does not let us in; waiting helps where it is only not there yet. */
  static StoreUnavailable notConnected(String url, Throwable cause) {
    String state = sqlState(cause);
    String reason = rootMessage(cause);
    // Class 08 is the connection, 57P03 "starting up", 57P01 "shutting down", 53300 "too many".
    if (state.startsWith("08") || state.startsWith("57P0") || state.equals("53300")) {
      return new StoreNotThereYet(
          "The store at %s does not respond: %s".formatted(url, reason), cause);
    }
    return new StoreUnavailable(
        switch (state) {
          case "28P01", "28000" ->
              "The store at %s rejects the user or the password: check 'store: postgresql'. It says: %s"
                  .formatted(url, reason);
          case "3D000" ->
              "The store at %s has no such database; create it first, see docs/how-to/storage.md. It says: %s"
                  .formatted(url, reason);
          default -> "The store at %s does not respond: %s".formatted(url, reason);
        },
        cause);
  }

  private static String sqlState(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }

  static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
