package dev.bandmaster.broker;

import java.net.URL;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.logging.NullMessageLogger;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Qpid Broker-J in this process: on loopback, on a free port, behind a password that is new
 * at every start, and with everything in memory. For demo and tests only: what it holds is gone
 * when it stops.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final URL CONFIGURATION =
      Objects.requireNonNull(EmbeddedBroker.class.getResource("embedded-broker.json"));

  private final SystemLauncher launcher;
  private final String password;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(SystemLauncher launcher, String password, int port) {
    this.launcher = launcher;
    this.password = password;
    this.port = port;
  }

  /**
   * Starts a broker on a free port; it is ready when this returns, usually within a second.
   *
   * @throws IllegalStateException when it cannot start
   */
  public static EmbeddedBroker start() {
    return start(0, HexFormat.of().formatHex(randomBytes()));
  }

  /** Stops this broker, losing what it holds, and starts another with the same {@link #uri()}. */
  public EmbeddedBroker restart() {
    close();
    return start(port, password);
  }

  private static EmbeddedBroker start(int port, String password) {
    var ports = new Ports();
    var launcher = new SystemLauncher(ports);
    try {
      launcher.startup(
          Map.of(
              "type",
              "Memory",
              "initialConfigurationLocation",
              CONFIGURATION.toExternalForm(),
              "startupLoggedToSystemOut",
              false,
              "context",
              Map.of("bandmaster.port", Integer.toString(port), "bandmaster.password", password)));
      var broker = new EmbeddedBroker(launcher, password, ports.bound());
      log.info(
          "Embedded broker on 127.0.0.1:{}: for demo and tests only, it keeps nothing when it stops",
          broker.port);
      return broker;
    } catch (Exception e) {
      launcher.shutdown();
      throw new IllegalStateException("the embedded broker did not start: " + e.getMessage(), e);
    }
  }

  /** Where to connect, user and password included: {@code amqp://user:password@127.0.0.1:port}. */
  public String uri() {
    return "amqp://bandmaster:" + password + "@127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Closes every connection and stops. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      launcher.shutdown();
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /**
   * Learns the port on which the broker really listens, and keeps its operational messages out of
   * the log.
   */
  private static final class Ports extends DefaultSystemLauncherListener {
    private @Nullable SystemConfig<?> system;

    @Override
    public void onContainerResolve(SystemConfig<?> systemConfig) {
      system = systemConfig;
      systemConfig.getEventLogger().setMessageLogger(new NullMessageLogger());
    }

    int bound() {
      if (system == null || system.getContainer() == null) {
        throw new IllegalStateException("it ended while it started");
      }
      for (Port<?> port : system.getContainer().getChildren(Port.class)) {
        if (port.getBoundPort() > 0) {
          return port.getBoundPort();
        }
      }
      throw new IllegalStateException("no port could be opened");
    }
  }
}
