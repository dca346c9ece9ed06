package dev.bandmaster.bot.store.jdbi;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Random;

/**
 * A schema for one test on a PostgreSQL that runs beside the tests: {@code
 * BANDMASTER_TEST_POSTGRESQL_URL} is its JDBC address with user and password as parameters.
 */
public final class TestSchema implements AutoCloseable {
  private static final String URL =
      System.getenv()
          .getOrDefault(
              "BANDMASTER_TEST_POSTGRESQL_URL",
              "jdbc:postgresql://127.0.0.1:5432/test?user=postgres");

  private final String name =
      "bandmaster_test_" + HexFormat.of().toHexDigits(new Random().nextLong());

  private TestSchema() {
    execute("CREATE SCHEMA " + name);
  }

  /** Makes an empty schema. */
  public static TestSchema create() {
    return new TestSchema();
  }

  /** Where it is. */
  public StoreSettings settings() {
    return new StoreSettings.Postgresql(
        URL + "&currentSchema=" + name, parameter("user"), parameter("password"));
  }

  private static String parameter(String wanted) {
    int at = URL.indexOf(wanted + "=");
    return at < 0 ? "" : URL.substring(at + wanted.length() + 1).split("&", 2)[0];
  }

  /** Drops it with everything in it. */
  @Override
  public void close() {
    execute("DROP SCHEMA " + name + " CASCADE");
  }

  private static void execute(String statement) {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
