package dev.bandmaster.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A schema for one test on a PostgreSQL that runs beside the tests: {@code
 * BANDMASTER_TEST_POSTGRESQL_URL} is its JDBC address with user and password as parameters.
 */
public final class PostgresqlSchema implements BeforeEachCallback, AfterEachCallback {
  private static final String URL =
      System.getenv()
          .getOrDefault(
              "BANDMASTER_TEST_POSTGRESQL_URL",
              "jdbc:postgresql://127.0.0.1:5432/test?user=postgres");

  /** A commit returns before it is on the disk: no test turns the machine off. */
  private static final String FAST = "&options=-c%20synchronous_commit=off";

  private final String name =
      "bandmaster_test_" + HexFormat.of().toHexDigits(new Random().nextLong());

  /** How a store in this schema is reached. */
  public StoreSettings.Postgresql settings() {
    return new StoreSettings.Postgresql(
        URL + FAST + "&currentSchema=" + name, parameter("user"), parameter("password"));
  }

  private static String parameter(String name) {
    int at = URL.indexOf(name + "=");
    return at < 0 ? "" : URL.substring(at + name.length() + 1).split("&", 2)[0];
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    execute("CREATE SCHEMA " + name);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    execute("DROP SCHEMA " + name + " CASCADE");
  }

  /** Runs a statement on a connection of its own, outside of the store. */
  public void execute(String statement) {
    try (Connection connection = DriverManager.getConnection(settings().url());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
