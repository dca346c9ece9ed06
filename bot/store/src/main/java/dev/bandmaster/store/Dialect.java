package dev.bandmaster.store;

/** Where the databases differ. */
enum Dialect {
  SQLITE("CAST(unixepoch('subsec') * 1000 AS INTEGER)", "", ""),
  POSTGRESQL(
      "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
      " FOR SHARE",
      " FOR UPDATE OF %s SKIP LOCKED");

  private final String now;
  private final String shared;
  private final String claimed;

  Dialect(String now, String shared, String claimed) {
    this.now = now;
    this.shared = shared;
    this.claimed = claimed;
  }

  /** The database's own time in milliseconds since 1970, as an expression. */
  String now() {
    return now;
  }

  /** Keeps the rows of a query from being changed until the end of the transaction. */
  String shared() {
    return shared;
  }

  /**
   * Joins each row that comes before with rows of a table whose ids a query finds for it.
   *
   * @param table the table
   * @param alias what its row is called
   * @param ids the query; it may use columns of what comes before
   */
  String joinEach(String table, String alias, String ids) {
    return switch (this) {
      case SQLITE -> "CROSS JOIN %s AS %s ON %s.id IN (%s)".formatted(table, alias, alias, ids);
      case POSTGRESQL ->
          "CROSS JOIN LATERAL (%s) AS found JOIN %s AS %s ON %s.id = found.id"
              .formatted(ids, table, alias, alias);
    };
  }

  /**
   * Keeps the rows that a query takes from a table for this transaction, and passes over those that
   * another one has taken. Where only one may write at a time there is nothing to say.
   */
  String claimed(String table) {
    return claimed.formatted(table);
  }
}
