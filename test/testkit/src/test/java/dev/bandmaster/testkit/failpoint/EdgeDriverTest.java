package dev.bandmaster.testkit.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeDriverTest {

  @TempDir private Path folder;

  private final List<String> reached = new ArrayList<>();
  private Connection connection;

  private Connection open(FailPoint failPoint) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("test.db");
    Driver driver = EdgeDriver.before(DriverManager.getDriver(url), failPoint);
    return Objects.requireNonNull(driver.connect(url, new Properties()));
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = open(edge -> reached.add(edge.toString()));
    execute("create table job (id text)");
    execute("create table outbox (id text primary key, version integer)");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private static long jobs(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select count(*) from job");
        ResultSet result = statement.executeQuery()) {
      return result.getLong(1);
    }
  }

  @Test
  void aCommitIsNamedAfterWhatItWrites() throws SQLException {
    execute("INSERT INTO outbox VALUES ('a', 1) ON CONFLICT (id) DO UPDATE SET version = 2");
    execute("update job set id = 'b'");
    connection.commit();
    execute("delete from job -- where id in (select id from x for update of x skip locked)");
    connection.commit();
    execute("delete from job");
    connection.commit();

    assertThat(reached)
        .containsExactly(
            "job+outbox#1:before",
            "job+outbox#1:after",
            "job#1:before",
            "job#1:after",
            "job#2:before",
            "job#2:after");
  }

  @Test
  void readingAndRollingBackHaveNoEdges() throws SQLException {
    jobs(connection);
    connection.commit();
    execute("insert into job values ('a')");
    connection.rollback();
    jobs(connection);
    connection.commit();

    assertThat(reached).isEmpty();
  }

  @Test
  void beforeACommitNothingIsKeptAndAfterItAllIs() throws SQLException {
    for (Edge.Side side : Edge.Side.values()) {
      try (Connection dying =
          open(edge -> {
            if (edge.side() == side) {
              throw new IllegalStateException("the end");
            }
          })) {
        dying.setAutoCommit(false);
        execute(dying, "insert into job values ('a')");
        assertThatThrownBy(dying::commit).hasMessage("the end");
      }
      assertThat(jobs(connection)).as(side.name()).isEqualTo(side == Edge.Side.BEFORE ? 0 : 1);
      connection.rollback();
    }
  }

  @Test
  void anEdgeIsReadAsItIsWritten() {
    Edge edge = new Edge("audit+inbox", 3, Edge.Side.AFTER);

    assertThat(Edge.parse(edge.toString())).isEqualTo(edge);
    assertThatThrownBy(() -> Edge.parse("somewhere")).hasMessageContaining("looks like");
  }
}
