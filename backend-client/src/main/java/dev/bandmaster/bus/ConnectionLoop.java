package dev.bandmaster.bus;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.bandmaster.config.Backoff;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker: a loop with three endings. The broker refuses our credentials,
 * and a person has to act; somebody closes the loop; anything else is waited out, longer each time
 * and by chance, so that a thousand agents do not come back in the same moment.
 *
 * <p>The client library's own recovery is switched off: it would bring back channels and consumers
 * behind our back, with delivery numbers that no longer fit, and without saying when.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

  /** How often a quiet connection is looked at. */
  private static final Duration CHECK_EVERY = Duration.ofSeconds(30);

  /** The broker and we notice a dead peer after two of these, in seconds. */
  private static final int HEARTBEAT = 10;

  private static final int CONNECT_TIMEOUT = 5_000;

  private static final int CLOSE_TIMEOUT = 5_000;

  /** What is done on a connection. */
  interface Session {
    /**
     * Declares queues and registers consumers; when it throws, the connection is closed and tried
     * again.
     */
    void open(Connection connection, BrokerDialect dialect) throws IOException;

    /**
     * Looks whether the connection still does its work; when it throws, the connection is closed
     * and tried again.
     */
    default void check() throws IOException {}

    void stateChanged(BusState state);
  }

  private final ConnectionSettings settings;
  private final Session session;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
  private volatile BusState state;

  ConnectionLoop(
      ConnectionSettings settings, Session session, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.session = session;
    this.clock = clock;
    this.random = random;
    this.state = new BusState.Disconnected("not started yet", clock.instant());
    this.thread = Thread.ofVirtual().name("bus-" + settings.name()).unstarted(this::run);
  }

  void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("the bus of " + settings.name() + " has been started before");
    }
    thread.start();
  }

  BusState state() {
    return state;
  }

  private void run() {
    var backoff = new Backoff(settings.firstRetry(), settings.longestRetry());
    int failures = 0;
    while (closing.getCount() > 0) {
      long began = System.nanoTime();
      try {
        boolean connected = connectAndStay();
        // A broker that ends each connection at once is not to be hurried.
        if (connected && System.nanoTime() - began >= settings.longestRetry().toNanos()) {
          failures = 0;
        }
      } catch (AuthenticationFailureException | GeneralSecurityException fatal) {
        refused(reason(fatal));
        return;
      } catch (URISyntaxException | IllegalArgumentException unreadable) {
        // What is wrong with it is not said: its text may hold the password.
        refused("the address is not an amqp:// or amqps:// URI");
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause(backoff.delay(failures, random));
      failures++;
    }
    become(new BusState.Closed(clock.instant()));
  }

  /** Whether it came as far as being connected. */
  private boolean connectAndStay()
      throws AuthenticationFailureException,
          URISyntaxException,
          GeneralSecurityException,
          InterruptedException {
    var gone = new CountDownLatch(1);
    boolean connected = false;
    try (ExecutorService deliveries = Executors.newSingleThreadExecutor(deliveryThreads())) {
      Connection connection = null;
      try {
        connection = factory(deliveries).newConnection("bandmaster " + settings.name());
        connection.addShutdownListener(cause -> gone.countDown());
        current.set(connection);
        session.open(connection, BrokerDialect.of(connection.getServerProperties()));
        connected = true;
        log.info("{} is connected to the broker at {}", settings.name(), settings.address());
        become(new BusState.Connected(clock.instant()));
        stay(connection, gone);
      } catch (AuthenticationFailureException e) {
        throw e;
      } catch (IOException | TimeoutException | ShutdownSignalException e) {
        lost(reason(e));
      } finally {
        current.set(null);
        abort(connection);
      }
    }
    return connected;
  }

  private void stay(Connection connection, CountDownLatch gone)
      throws IOException, InterruptedException {
    while (!gone.await(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      session.check();
    }
    if (closing.getCount() > 0) {
      ShutdownSignalException cause = connection.getCloseReason();
      lost(cause == null ? "the connection was closed" : reason(cause));
    }
  }

  private void refused(String reason) {
    log.error(
        "The broker at {} cannot be used by {}: {}", settings.address(), settings.name(), reason);
    become(new BusState.Refused(reason, clock.instant()));
  }

  /** Says it once for each reason, however often it is tried. */
  private void lost(String reason) {
    if (closing.getCount() == 0) {
      return;
    }
    if (!(state instanceof BusState.Disconnected(String known, Instant since))
        || !known.equals(reason)) {
      log.warn(
          "{} has no connection to the broker at {}: {}",
          settings.name(),
          settings.address(),
          reason);
      become(new BusState.Disconnected(reason, clock.instant()));
    }
  }

  private void become(BusState next) {
    state = next;
    session.stateChanged(next);
  }

  private ConnectionFactory factory(ExecutorService deliveries)
      throws URISyntaxException, GeneralSecurityException {
    var factory = BrokerAddress.factory(settings);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat(HEARTBEAT);
    factory.setConnectionTimeout(CONNECT_TIMEOUT);
    factory.setSharedExecutor(deliveries);
    factory.setThreadFactory(Thread.ofVirtual().name("amqp-" + settings.name() + "-", 0).factory());
    return factory;
  }

  private ThreadFactory deliveryThreads() {
    return Thread.ofVirtual().name("amqp-deliveries-" + settings.name()).factory();
  }

  /** Waits, or until closed. */
  private void pause(Duration wait) {
    try {
      boolean closed = closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
      log.trace("Waited before connecting again; closed meanwhile: {}", closed);
    } catch (InterruptedException e) {
      closing.countDown();
      Thread.currentThread().interrupt();
    }
  }

  private void abort(@Nullable Connection connection) {
    if (connection != null) {
      connection.abort(CLOSE_TIMEOUT);
    }
  }

  /** A sentence for a person; the library often says it in the cause only. */
  private static String reason(Throwable problem) {
    Throwable deepest = problem;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
  }

  /** Closes the connection and waits until the loop has ended, at most five seconds. */
  @Override
  public void close() {
    closing.countDown();
    abort(current.getAndSet(null));
    try {
      if (started.get() && !thread.join(Duration.ofMillis(CLOSE_TIMEOUT))) {
        log.warn("The connection of {} did not close in time", settings.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
