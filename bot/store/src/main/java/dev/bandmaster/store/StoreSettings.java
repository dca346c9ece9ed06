package dev.bandmaster.store;

import java.nio.file.Path;

/** Where the store is. The kind is always said, never guessed. */
public sealed interface StoreSettings {

  /** One file for one process. */
  record Sqlite(Path file) implements StoreSettings {}

  /**
   * A PostgreSQL database, for any number of replicas.
   *
   * @param url a JDBC address without credentials
   */
  record Postgresql(String url, String user, String password) implements StoreSettings {
    @Override
    public String toString() {
      return "Postgresql[" + url + "]";
    }
  }
}
