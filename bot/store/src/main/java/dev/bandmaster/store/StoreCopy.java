package dev.bandmaster.store;

import dev.bandmaster.core.store.StoreUnavailable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Moves a store from SQLite to PostgreSQL, all of it or nothing. */
public final class StoreCopy {

  /** Rows sent at once. */
  private static final int BATCH = 1_000;

  private StoreCopy() {}

  /**
   * Copies everything in one transaction, and compares number and checksum of the rows of each
   * table before it is committed.
   *
   * @return the number of rows of each table
   * @throws StoreUnavailable if a bot runs on the source, if the target is not empty or in use, or
   *     if the two differ; the target is as it was then, but for empty tables
   */
  public static Map<String, Long> copy(
      StoreSettings.Sqlite source, StoreSettings.Postgresql target) {
    try (Database from = Database.open(source);
        Database to = Database.open(target)) {
      return to.writing(into -> from.read(out -> copy(out, into)));
    }
  }

  private static Map<String, Long> copy(Handle from, Handle to) {
    List<String> tables = Tables.inSqlite(from);
    to.execute("LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE NOWAIT");
    for (String table : tables) {
      if (!Tables.isPristine(to, table)) {
        throw new StoreUnavailable(
            "The PostgreSQL database is not empty: there are rows in '%s'. Nothing was copied."
                .formatted(table));
      }
    }
    Map<String, Long> copied = new LinkedHashMap<>();
    for (String table : tables) {
      to.execute("DELETE FROM " + table);
      Tables.Sum sum = copy(from, to, table);
      Tables.Sum arrived = Tables.sum(to, table);
      if (!sum.equals(arrived)) {
        throw new StoreUnavailable(
            "'%s' differs after copying: %s became %s. Nothing was copied."
                .formatted(table, sum, arrived));
      }
      copied.put(table, sum.rows());
    }
    return copied;
  }

  private static Tables.Sum copy(Handle from, Handle to, String table) {
    Tables.Summing sum = new Tables.Summing();
    try (Stream<Map<String, Object>> rows = Tables.rows(from, table)) {
      Iterator<Map<String, Object>> each = rows.iterator();
      while (each.hasNext()) {
        Map<String, Object> row = each.next();
        try (PreparedBatch batch = to.prepareBatch(insert(table, row))) {
          add(batch, row, sum);
          while (each.hasNext() && batch.size() < BATCH) {
            add(batch, each.next(), sum);
          }
          batch.execute();
        }
      }
    }
    return sum.sum();
  }

  private static String insert(String table, Map<String, Object> row) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            table,
            String.join(", ", row.keySet()),
            row.keySet().stream().map(column -> "?").collect(Collectors.joining(", ")));
  }

  private static void add(PreparedBatch batch, Map<String, Object> row, Tables.Summing sum) {
    sum.add(row.values());
    int position = 0;
    for (Object value : row.values()) {
      batch.bind(position++, value);
    }
    batch.add();
  }
}
