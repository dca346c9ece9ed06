package dev.bandmaster.benchmark.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema of our own in a PostgreSQL that is there; dropped at the close.
 *
 * @param server where it is, with user and password
 * @param name of the schema
 */
record Schema(String server, String name) implements AutoCloseable {
  private static final String USUAL = "jdbc:postgresql://127.0.0.1:5432/test?user=postgres";
  private static final Pattern LOCAL =
      Pattern.compile("jdbc:postgresql://(?:127\\.0\\.0\\.1|localhost)(?::(\\d+))?/(.*)");
  private static final Pattern USER = Pattern.compile("[?&]user=([^&]+)");
  private static final Pattern PASSWORD = Pattern.compile("[?&]password=([^&]+)");
  private static final int USUAL_PORT = 5432;

  /** Makes one; empty where no PostgreSQL answers on this machine. */
  static Optional<Schema> create() {
    Schema schema =
        new Schema(
            Optional.ofNullable(System.getenv("BANDMASTER_TEST_POSTGRESQL_URL")).orElse(USUAL),
            "chaos_" + ProcessHandle.current().pid() + "_" + System.nanoTime());
    try {
      schema.execute("create schema " + schema.name());
      return Optional.of(schema);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private Matcher parts() {
    Matcher parts = LOCAL.matcher(server);
    if (!parts.matches()) {
      throw new IllegalStateException("not a PostgreSQL on this machine");
    }
    return parts;
  }

  /** The port on which the server listens. */
  int port() {
    String port = parts().group(1);
    return port == null ? USUAL_PORT : Integer.parseInt(port);
  }

  /** The address of the schema for somebody who comes through another port. */
  String through(int port) {
    String rest = parts().group(2);
    return "jdbc:postgresql://127.0.0.1:%d/%s%scurrentSchema=%s"
        .formatted(port, rest, rest.contains("?") ? "&" : "?", name);
  }

  /** The same without user and password, which a configuration takes apart from the address. */
  String addressThrough(int port) {
    return through(port).replaceAll("(?<=[?&])(?:user|password)=[^&]*&?", "");
  }

  /** Empty where the server wants none. */
  String password() {
    Matcher password = PASSWORD.matcher(server);
    return password.find() ? password.group(1) : "";
  }

  String user() {
    Matcher user = USER.matcher(server);
    return user.find() ? user.group(1) : "postgres";
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("drop schema " + name + " cascade");
  }
}
