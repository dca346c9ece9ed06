package dev.bandmaster.testkit.failpoint;

import dev.bandmaster.testkit.failpoint.Edge.Side;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stands before the drivers of all databases and tells a fail point of every commit. */
public final class EdgeDriver implements Driver {
  private static final Pattern WRITING =
      Pattern.compile(
          // Neither "FOR UPDATE OF …" nor "ON CONFLICT … DO UPDATE SET" names what is written.
          "\\b(?:insert\\s+(?:or\\s+\\w+\\s+)?into|(?<!for )(?<!do )update|delete\\s+from)\\s+\"?(\\w+)",
          Pattern.CASE_INSENSITIVE);

  private final Driver real;
  private final FailPoint.Counted failPoint;

  private EdgeDriver(Driver real, FailPoint.Counted failPoint) {
    this.real = real;
    this.failPoint = failPoint;
  }

  /**
   * Steps before every driver there is, for the rest of the process's life. To be called before the
   * first connection is opened.
   */
  public static void install(FailPoint failPoint) {
    FailPoint.Counted counted = new FailPoint.Counted(failPoint);
    try {
      for (Driver real : Collections.list(DriverManager.getDrivers())) {
        DriverManager.deregisterDriver(real);
        DriverManager.registerDriver(new EdgeDriver(real, counted));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the drivers cannot be replaced", e);
    }
  }

  /** One driver behind a fail point, without anybody knowing. */
  static Driver before(Driver real, FailPoint failPoint) {
    return new EdgeDriver(real, new FailPoint.Counted(failPoint));
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection = real.connect(url, info);
    return connection == null ? null : watched(connection);
  }

  private Connection watched(Connection connection) {
    Set<String> tables = new TreeSet<>();
    return (Connection)
        Proxy.newProxyInstance(
            EdgeDriver.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                note(sql, tables);
              }
              boolean edge = method.getName().equals("commit") && !tables.isEmpty();
              String name = String.join("+", tables);
              if (edge) {
                failPoint.reached(name, Side.BEFORE);
              }
              if (method.getName().equals("rollback") || method.getName().equals("commit")) {
                tables.clear();
              }
              try {
                Object result = method.invoke(connection, arguments);
                if (edge) {
                  failPoint.reached(name, Side.AFTER);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private static void note(String sql, Set<String> tables) {
    Matcher writing = WRITING.matcher(sql);
    while (writing.find()) {
      tables.add(writing.group(1).toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return real.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return real.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return real.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return real.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return real.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return real.getParentLogger();
  }
}
