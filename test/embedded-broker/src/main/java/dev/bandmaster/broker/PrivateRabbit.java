package dev.bandmaster.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A RabbitMQ of our own beside the one that may run on this machine: on loopback and free ports,
 * with everything it keeps in one folder. It can be killed without notice and started again on the
 * same ports with the same data, and it can be given less patience than usual. Needs an installed
 * RabbitMQ. Used by one thread.
 */
public final class PrivateRabbit implements AutoCloseable {
  /** Where RabbitMQ's own scripts lie; those on the path of a Debian system change the user. */
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin"),
          Path.of("/opt/rabbitmq/sbin"),
          Path.of("/usr/local/opt/rabbitmq/sbin"),
          Path.of("/usr/local/sbin"));

  private static final Duration LONGEST_START = Duration.ofSeconds(90);
  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

  /** What an AMQP 0-9-1 client says first; a broker that is ready answers it with a frame. */
  private static final byte[] GREETING = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

  private final Path scripts;
  private final Path directory;
  private final int port;
  private final int distributionPort;
  private final Thread atExit = Thread.ofPlatform().name("rabbit-end").unstarted(this::kill);
  private volatile @Nullable Process process;

  private PrivateRabbit(Path scripts, Path directory, int port, int distributionPort) {
    this.scripts = scripts;
    this.directory = directory;
    this.port = port;
    this.distributionPort = distributionPort;
  }

  /** Whether a RabbitMQ is installed where it is looked for. */
  public static boolean isInstalled() {
    return scripts().isPresent();
  }

  /**
   * Starts a broker with the usual settings; it is ready when this returns, after some seconds.
   *
   * @param directory where it keeps what it has; made when missing
   * @throws IOException with the end of its log when it does not start
   */
  public static PrivateRabbit start(Path directory) throws IOException {
    return start(directory, Duration.ofMinutes(30));
  }

  /**
   * Starts a broker.
   *
   * @param consumerTimeout how long a delivery may wait for its acknowledgement before the broker
   *     ends the channel; looked at each second
   */
  public static PrivateRabbit start(Path directory, Duration consumerTimeout) throws IOException {
    Path scripts =
        scripts()
            .orElseThrow(() -> new IOException("RabbitMQ is not installed in any of " + PLACES));
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("rabbitmq-env.conf"), "");
    Files.writeString(directory.resolve("rabbitmq.conf"), "");
    Files.writeString(directory.resolve("enabled_plugins"), "[].\n");
    Files.writeString(
        directory.resolve("advanced.config"),
        "[{rabbit, [{consumer_timeout, %d}, {channel_tick_interval, 1000}]}].%n"
            .formatted(consumerTimeout.toMillis()));
    var rabbit =
        new PrivateRabbit(scripts, directory.toAbsolutePath(), FreePort.find(), FreePort.find());
    Runtime.getRuntime().addShutdownHook(rabbit.atExit);
    rabbit.start();
    return rabbit;
  }

  /** Where to connect as a user who may do everything. */
  public String uri() {
    return uri("guest", "guest", "/");
  }

  /** Where to connect as somebody else. */
  public String uri(String user, String password, String virtualHost) {
    return "amqp://%s:%s@127.0.0.1:%d/%s"
        .formatted(user, password, port, virtualHost.replace("/", "%2F"));
  }

  public int port() {
    return port;
  }

  /** Ends the broker without notice, as a failing machine would; what it kept stays. */
  public void kill() {
    Process running = process;
    if (running == null) {
      return;
    }
    List<ProcessHandle> all = running.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    running.destroyForcibly();
    all.forEach(handle -> handle.onExit().join());
    running.onExit().join();
    process = null;
  }

  /** Starts the broker again on the same ports with what it kept; ready when this returns. */
  public void start() throws IOException {
    if (process != null) {
      throw new IllegalStateException("the broker is running");
    }
    process =
        command(scripts.resolve("rabbitmq-server").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console.log").toFile())
            .start();
    awaitReady();
  }

  /** Kills the broker and starts it again. */
  public void restart() throws IOException {
    kill();
    start();
  }

  /**
   * Runs {@code rabbitmqctl} on this broker and returns what it printed.
   *
   * @throws IOException with what it printed when it fails
   */
  public String control(String... arguments) throws IOException {
    String[] line = new String[arguments.length + 2];
    line[0] = scripts.resolve("rabbitmqctl").toString();
    line[1] = "-q";
    System.arraycopy(arguments, 0, line, 2, arguments.length);
    Path printed = Files.createTempFile(directory, "control", ".log");
    Process control =
        command(line).redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    try {
      boolean ended = control.waitFor(LONGEST_COMMAND.toMillis(), TimeUnit.MILLISECONDS);
      String text = Files.readString(printed);
      if (!ended || control.exitValue() != 0) {
        throw new IOException("rabbitmqctl " + Arrays.toString(arguments) + ": " + text);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      control.destroyForcibly();
      Files.deleteIfExists(printed);
    }
  }

  /** Prepares a program that finds this broker's {@code rabbitmqctl} and speaks to this broker. */
  public ProcessBuilder command(String... arguments) {
    var builder = new ProcessBuilder(arguments).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(environment());
    environment.put("PATH", scripts + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    return builder;
  }

  /** Kills the broker; what it kept stays. */
  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook runs, and finds nothing to do.
      return;
    }
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    // The cookie that lets rabbitmqctl in lies in the home.
    environment.put("HOME", directory.toString());
    environment.put("RABBITMQ_NODENAME", "bandmaster-" + port + "@localhost");
    environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_NODE_PORT", Integer.toString(port));
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(distributionPort));
    environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", directory.resolve("log").toString());
    environment.put("RABBITMQ_CONF_ENV_FILE", directory.resolve("rabbitmq-env.conf").toString());
    environment.put("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString());
    environment.put(
        "RABBITMQ_ADVANCED_CONFIG_FILE", directory.resolve("advanced.config").toString());
    environment.put(
        "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("enabled_plugins").toString());
    environment.put("RABBITMQ_PID_FILE", directory.resolve("pid").toString());
    // Schedulers that find nothing to do sleep instead of spinning.
    environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+sbwt none +sbwtdcpu none");
    return environment;
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!isReady()) {
      Process starting = process;
      boolean ended = starting == null || !starting.isAlive();
      if (ended || System.nanoTime() - end >= 0) {
        kill();
        throw new IOException(
            "the broker did not start: " + Files.readString(directory.resolve("console.log")));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        kill();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the broker started", e);
      }
    }
  }

  private boolean isReady() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(GREETING);
      return socket.getInputStream().read() == 1;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Optional<Path> scripts() {
    return PLACES.stream()
        .filter(place -> Files.isExecutable(place.resolve("rabbitmq-server")))
        .findFirst();
  }
}
