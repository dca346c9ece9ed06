package dev.bandmaster.bot.store.jdbi;

/** Where the databases differ. */
enum Dialect {
  SQLITE("CAST(unixepoch('subsec') * 1000 AS INTEGER)", ""),
  POSTGRESQL("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", " FOR SHARE");

  private final String now;
  private final String shared;

  Dialect(String now, String shared) {
    this.now = now;
    this.shared = shared;
  }

  /** The database's own time in milliseconds since 1970, as an expression. */
  String now() {
    return now;
  }

  /** Keeps the rows of a query from being changed until the end of the transaction. */
  String shared() {
    return shared;
  }
}
