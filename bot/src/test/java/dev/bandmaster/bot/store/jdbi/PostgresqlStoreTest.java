package dev.bandmaster.bot.store.jdbi;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.StoreContract;
import dev.bandmaster.bot.store.StoreUnavailable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract on a PostgreSQL that runs beside the tests: {@code BANDMASTER_TEST_POSTGRESQL_URL}
 * is its JDBC address with user and password as parameters. Each test has a schema of its own.
 */
@Tag("real")
class PostgresqlStoreTest extends StoreContract {
  private static final String URL =
      System.getenv()
          .getOrDefault(
              "BANDMASTER_TEST_POSTGRESQL_URL",
              "jdbc:postgresql://127.0.0.1:5432/test?user=postgres");

  private final String schema =
      "bandmaster_test_" + HexFormat.of().toHexDigits(new Random().nextLong());

  @Override
  protected Store open() {
    execute("CREATE SCHEMA IF NOT EXISTS " + schema);
    return JdbiStore.open(settings(), clock);
  }

  private StoreSettings settings() {
    return new StoreSettings.Postgresql(
        URL + "&currentSchema=" + schema, parameter("user"), parameter("password"));
  }

  private static String parameter(String name) {
    int at = URL.indexOf(name + "=");
    return at < 0 ? "" : URL.substring(at + name.length() + 1).split("&", 2)[0];
  }

  @AfterEach
  void dropSchema() {
    execute("DROP SCHEMA " + schema + " CASCADE");
  }

  private static void execute(String statement) {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void storeS2_twoReplicasShareOneStoreAndKeepADeliveryOnce() {
    try (Store one = open();
        Store other = open()) {
      assertThat(one.inbox().receive("key", "events_api", "{}", NOON)).isPresent();
      assertThat(other.inbox().receive("key", "events_api", "{}", NOON)).isEmpty();
      assertThat(one.jobs().nextNumber()).isNotEqualTo(other.jobs().nextNumber());
    }
  }

  @Test
  void storeS2_anUnreachableServerMeansNotStarted() {
    StoreSettings nowhere =
        new StoreSettings.Postgresql(
            "jdbc:postgresql://127.0.0.1:1/test?connectTimeout=1", "postgres", "secret-7");
    assertThatThrownBy(() -> JdbiStore.open(nowhere, clock))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("does not answer")
        .hasMessageNotContaining("secret-7");
    assertThat(nowhere.toString()).doesNotContain("secret-7");
  }
}
