package dev.bandmaster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOutboxTest extends OutboxContract {

  @TempDir private Path folder;

  @Override
  protected Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
  }

  @Override
  protected void execute(String statement) {
    sql(connection -> {
      try (Statement sql = connection.createStatement()) {
        return sql.execute(statement);
      }
    });
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T sql(Work<T> work) {
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bandmaster.db"))) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a look costs depends on what it finds, not on what waits: every step is by an index. */
  @Test
  void trustT18_noQuestionReadsAllThatWaits() {
    for (String question : List.of(OutboxTable.dueQuestion(), OutboxTable.NEXT_ATTEMPT)) {
      String plain =
          question.replaceAll(":(now|perLane|limit)", "1").replace("<held>", "'post 0 C1'");
      List<String> plan =
          sql(connection -> {
            List<String> steps = new ArrayList<>();
            try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("EXPLAIN QUERY PLAN " + plain)) {
              while (rows.next()) {
                steps.add(rows.getString("detail"));
              }
            }
            return steps;
          });
      assertThat(plan)
          .filteredOn(step -> step.matches("(SCAN|SEARCH) (outbox|lane|item)\\b.*"))
          .isNotEmpty()
          .allMatch(step -> step.matches("SEARCH .* USING (COVERING )?INDEX .*[(].*[)]"));
    }
  }
}
