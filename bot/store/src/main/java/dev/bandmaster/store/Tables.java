package dev.bandmaster.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tables of a store as such, whatever they mean. */
final class Tables {
  private static final String HISTORY = "flyway_schema_history";

  /** Rows fetched at once from a server. */
  private static final int FETCH = 1_000;

  private Tables() {}

  /** How many rows a table has, and a sum over all of them that does not depend on their order. */
  record Sum(long rows, String checksum) {}

  /** The names of the tables, a table after those that it refers to. */
  static List<String> inSqlite(Handle handle) {
    // In the order in which they were made, and a table is made after those it refers to.
    return handle
        .createQuery(
            """
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> :history ORDER BY rowid\
            """)
        .bind("history", HISTORY)
        .mapTo(String.class)
        .list();
  }

  static List<String> inPostgresql(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_name <> :history ORDER BY table_name\
            """)
        .bind("history", HISTORY)
        .mapTo(String.class)
        .list();
  }

  /** The version of the tables, or empty if they are not of a store. */
  static Optional<String> version(Handle handle) {
    return handle
        .createQuery(
            "SELECT version FROM "
                + HISTORY
                + " WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
        .mapTo(String.class)
        .findOne();
  }

  /** The rows of a table, to be closed; names of columns are in the order of the table. */
  static Stream<Map<String, Object>> rows(Handle handle, String table) {
    return handle.createQuery("SELECT * FROM " + table).setFetchSize(FETCH).mapToMap().stream();
  }

  static Sum sum(Handle handle, String table) {
    try (Stream<Map<String, Object>> rows = rows(handle, table)) {
      Summing summing = new Summing();
      rows.forEach(row -> summing.add(row.values()));
      return summing.sum();
    }
  }

  /** Whether a table is as it was made: without rows, or with one that counts from nothing. */
  static boolean isPristine(Handle handle, String table) {
    try (Stream<Map<String, Object>> rows = rows(handle, table)) {
      List<Map<String, Object>> first = rows.limit(2).toList();
      return first.isEmpty()
          || (first.size() == 1
              && first.getFirst().values().stream().allMatch(Tables::isZeroOrText)
              && first.getFirst().values().stream().anyMatch(Number.class::isInstance)
              && first.getFirst().size() <= 2);
    }
  }

  private static boolean isZeroOrText(@Nullable Object value) {
    return !(value instanceof Number number) || number.longValue() == 0;
  }

  /** Adds up a hash of each row. */
  static final class Summing {
    private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(256);

    private long rows;
    private BigInteger sum = BigInteger.ZERO;

    void add(Iterable<? extends @Nullable Object> values) {
      MessageDigest digest = sha256();
      for (Object value : values) {
        byte[] bytes =
            value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(
            ((value == null ? "-" : bytes.length) + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
      rows++;
      sum = sum.add(new BigInteger(1, digest.digest())).mod(WHOLE);
    }

    Sum sum() {
      return new Sum(rows, "%064x".formatted(sum));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
