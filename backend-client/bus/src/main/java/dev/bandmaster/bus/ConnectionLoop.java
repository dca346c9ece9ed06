package dev.bandmaster.bus;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.SocketConfigurators;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import dev.bandmaster.model.Backoff;
import java.io.IOException;
import java.net.Socket;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
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
 * Keeps a connection to the broker: a loop with three endings. Fatal: the broker refuses our
 * credentials or the address makes no sense, and a person has to act. Asked to stop: somebody
 * closes the loop. Anything else, faults of our own code included, is waited out, longer each time
 * and by chance, so that a thousand agents do not come back in the same moment.
 *
 * <p>The client library's own recovery is switched off: it would bring back channels and consumers
 * behind our back, with delivery numbers that no longer fit, and without saying when.
 */
final class ConnectionLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

  /** How often a connection is checked for a broker that confirms nothing. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** How often a quiet connection is checked thoroughly, in looks. */
  private static final int LOOKS_PER_CHECK = 30;

  /** A broker that confirms nothing for this long is named as one that takes no messages. */
  private static final Duration UNCONFIRMED = Duration.ofSeconds(20);

  /** A broker that confirms nothing for this long is connected to again. */
  private static final Duration HOPELESS = Duration.ofMinutes(2);

  /** The broker and we notice a dead peer after two of these, in seconds. */
  private static final int HEARTBEAT = 10;

  /** Failures in a row that are counted; the waits have long stopped growing by then. */
  private static final int MOST_FAILURES = 1_000;

  private static final int CONNECT_TIMEOUT = 5_000;

  private static final int CLOSE_TIMEOUT = 5_000;

  /** How long the broker may take to answer a declaration; the library's default is ten minutes. */
  private static final int ANSWER_TIMEOUT = 30_000;

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

    /** For how long the broker has owed us the oldest confirmation that it still owes. */
    default Duration unconfirmed() {
      return Duration.ZERO;
    }

    void stateChanged(BusState state);
  }

  /** What happens to a connection, in the order in which the loop sees it. */
  private sealed interface Signal {
    record Ended() implements Signal {}

    record Blocked(String reason) implements Signal {}

    record Unblocked() implements Signal {}
  }

  private final ConnectionSettings settings;
  private final Session session;
  private final FaultLog faults = new FaultLog(log);
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
      throw new IllegalStateException("the bus of " + settings.name() + " is already started");
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
      boolean connected = false;
      try {
        connected = connectAndStay();
      } catch (Fatal fatal) {
        refused(String.valueOf(fatal.getMessage()));
        return;
      } catch (InterruptedException stray) {
        // Only close() ends this loop, and it does not interrupt: some callback left its flag set.
        lost("the connection's thread was interrupted");
      } catch (Throwable unexpected) {
        faults.failed(place("connection"), unexpected);
        lost(BrokerFaults.sentence(unexpected));
      }
      // A broker that ends each connection at once is not to be hurried.
      if (connected && System.nanoTime() - began >= settings.longestRetry().toNanos()) {
        failures = 0;
      }
      pause(backoff.delay(failures, random));
      failures = Math.min(failures + 1, MOST_FAILURES);
    }
    become(new BusState.Closed(clock.instant()));
  }

  /** What only a person can put right. The closed list: credentials, certificates, the address. */
  private static final class Fatal extends Exception {
    private static final long serialVersionUID = 1L;

    Fatal(String reason) {
      super(reason);
    }
  }

  /** Whether it came as far as being connected. */
  private boolean connectAndStay() throws Fatal, InterruptedException {
    boolean connected = false;
    var socket = new AtomicReference<@Nullable Socket>();
    ExecutorService deliveries = Executors.newSingleThreadExecutor(deliveryThreads());
    Connection connection = null;
    try {
      var signals = new LinkedBlockingQueue<Signal>();
      connection = open(deliveries, socket);
      connection.addShutdownListener(cause -> signals.add(new Signal.Ended()));
      connection.addBlockedListener(
          reason -> signals.add(new Signal.Blocked(reason)),
          () -> signals.add(new Signal.Unblocked()));
      current.set(connection);
      session.open(connection, BrokerDialect.of(connection.getServerProperties()));
      connected = true;
      log.info("{} is connected to the broker at {}", settings.name(), settings.address());
      faults.recovered(place("connection"));
      become(new BusState.Connected(clock.instant()));
      stay(connection, signals);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      lost(BrokerFaults.sentence(e));
    } finally {
      current.set(null);
      end(connection, deliveries, socket.get());
    }
    return connected;
  }

  private Connection open(ExecutorService deliveries, AtomicReference<@Nullable Socket> socket)
      throws Fatal, IOException, TimeoutException {
    ConnectionFactory factory;
    try {
      factory = factory(deliveries, socket);
    } catch (GeneralSecurityException fatal) {
      throw new Fatal(BrokerFaults.sentence(fatal));
    } catch (URISyntaxException | IllegalArgumentException unreadable) {
      // What is wrong with it is not said: its text may hold the password.
      throw new Fatal(BrokerFaults.BAD_ADDRESS);
    }
    try {
      return factory.newConnection("bandmaster " + settings.name());
    } catch (AuthenticationFailureException fatal) {
      throw new Fatal(BrokerFaults.sentence(fatal));
    }
  }

  private void stay(Connection connection, BlockingQueue<Signal> signals)
      throws IOException, InterruptedException {
    int looks = 0;
    boolean blocked = false;
    while (true) {
      Signal signal = signals.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      switch (signal) {
        case null -> {
          looks++;
          if (!blocked) {
            lookAtConfirmations();
          }
          if (looks % LOOKS_PER_CHECK == 0 && !blocked) {
            session.check();
          }
        }
        case Signal.Blocked(String reason) -> {
          blocked = true;
          blocked(reason);
        }
        case Signal.Unblocked() -> {
          blocked = false;
          unblocked();
        }
        case Signal.Ended() -> {
          if (closing.getCount() > 0) {
            ShutdownSignalException cause = connection.getCloseReason();
            lost(cause == null ? "the connection was closed" : BrokerFaults.sentence(cause));
          }
          return;
        }
      }
    }
  }

  private void lookAtConfirmations() throws IOException {
    Duration owed = session.unconfirmed();
    if (owed.compareTo(HOPELESS) >= 0) {
      throw new IOException(
          "the broker has confirmed nothing for " + HOPELESS.toMinutes() + " minutes");
    }
    if (owed.compareTo(UNCONFIRMED) >= 0) {
      if (!(state instanceof BusState.Blocked)) {
        blocked("it confirms nothing");
      }
    } else if (state instanceof BusState.Blocked) {
      unblocked();
    }
  }

  private void blocked(String reason) {
    log.warn(
        "The broker at {} accepts no messages from {}: {}",
        settings.address(),
        settings.name(),
        reason);
    become(new BusState.Blocked(reason, clock.instant()));
  }

  private void unblocked() {
    log.info(
        "The broker at {} accepts messages from {} again", settings.address(), settings.name());
    become(new BusState.Connected(clock.instant()));
  }

  private void refused(String reason) {
    log.error("The broker at {} rejects {}: {}", settings.address(), settings.name(), reason);
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
    String place = place("state listener");
    try {
      session.stateChanged(next);
      faults.recovered(place);
    } catch (Throwable unexpected) {
      faults.failed(place, unexpected);
    }
    if (Thread.interrupted()) {
      log.debug("A listener of {} left the thread's interrupt flag set", settings.name());
    }
  }

  private String place(String what) {
    return "The " + what + " of " + settings.name();
  }

  private ConnectionFactory factory(
      ExecutorService deliveries, AtomicReference<@Nullable Socket> opened)
      throws URISyntaxException, GeneralSecurityException {
    var factory = BrokerAddress.factory(settings);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat(HEARTBEAT);
    factory.setConnectionTimeout(CONNECT_TIMEOUT);
    factory.setChannelRpcTimeout(ANSWER_TIMEOUT);
    factory.setSharedExecutor(deliveries);
    // The default closes a channel in which a callback has thrown, and we would not notice.
    factory.setExceptionHandler(new ForgivingExceptionHandler());
    factory.setSocketConfigurator(SocketConfigurators.defaultConfigurator().andThen(opened::set));
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
      log.trace("Closed while waiting to reconnect: {}", closed);
    } catch (InterruptedException stray) {
      log.debug("The reconnect delay of {} was cut short", settings.name());
    }
  }

  /**
   * Ends what belongs to a connection, and waits for it for a bounded time: neither a handler that
   * never returns nor a broker that reads nothing may keep the next connection from being opened.
   */
  private void end(
      @Nullable Connection connection, ExecutorService deliveries, @Nullable Socket socket)
      throws InterruptedException {
    abort(connection, socket);
    deliveries.shutdown();
    if (!deliveries.awaitTermination(CLOSE_TIMEOUT, TimeUnit.MILLISECONDS)) {
      log.warn("A handler of {} is still processing a delivery; continuing", settings.name());
      deliveries.shutdownNow();
    }
  }

  /** Closing writes to the socket, which never ends when nobody reads at the other end. */
  private static void abort(@Nullable Connection connection, @Nullable Socket socket)
      throws InterruptedException {
    if (connection == null) {
      return;
    }
    Thread aborting =
        Thread.ofVirtual().name("amqp-abort").start(() -> connection.abort(CLOSE_TIMEOUT));
    if (!aborting.join(Duration.ofMillis(2 * CLOSE_TIMEOUT)) && socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        log.debug("Cannot close the socket", e);
      }
    }
  }

  /** Closes the connection and waits until the loop has ended, for some seconds at most. */
  @Override
  public void close() {
    closing.countDown();
    Connection connection = current.getAndSet(null);
    try {
      abort(connection, null);
      if (started.get() && !thread.join(Duration.ofMillis(CLOSE_TIMEOUT))) {
        log.warn("The connection of {} did not close in time", settings.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
