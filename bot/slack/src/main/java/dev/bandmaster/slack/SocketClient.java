package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.slack.SlackSocket.Delivery;
import dev.bandmaster.slack.SlackSocket.Ending;
import dev.bandmaster.slack.SocketHealth.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one socket to Slack open: a loop with three endings. It is asked to stop, or Slack says
 * something that no retry fixes, or the socket ends and another is opened, after a pause where the
 * old one failed. A socket that Slack announces to close is replaced while it still works.
 *
 * <p>Envelopes go to the message listeners in the order in which their socket delivered them. What
 * a listener sends goes out on the socket that delivered the envelope, because Slack takes an
 * acknowledgement nowhere else.
 *
 * <p>Safe for use by many threads.
 */
public final class SocketClient extends FixedClientProperties {

  private static final Logger LOG = LoggerFactory.getLogger(SocketClient.class);

  /** How long {@link #close} waits for what has arrived to be handed on. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private enum Phase {
    NEW,
    RUNNING,
    FAILED,
    STOPPED
  }

  private static final ScopedValue<Delivery> DELIVERY = ScopedValue.newInstance();

  private final SocketOpener opener;
  private final OkHttpClient http;
  private final SocketTimings timings;
  private final InstantSource clock;
  private final SocketBackoff backoff;
  private final Consumer<Duration> acknowledged;
  private final BooleanSupplier hopeless;
  private final Consumer<String> fatal;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private final List<SlackSocket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicLong opened = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread loop;
  private volatile @Nullable Instant lastHello;
  private volatile @Nullable Instant lastEnvelope;
  private volatile String problem = "";
  private volatile int connections;
  private final AtomicLong suspected = new AtomicLong();

  /**
   * A client that is not connected yet.
   *
   * @param acknowledged receives the time from receipt to acknowledgement of each envelope
   * @param hopeless whether a refusal by Slack that just came is final
   * @param fatal called once, on the client's own thread, with the reason why it stops trying
   */
  SocketClient(
      SocketOpener opener,
      OkHttpClient http,
      SocketTimings timings,
      InstantSource clock,
      RandomGenerator random,
      Consumer<Duration> acknowledged,
      BooleanSupplier hopeless,
      Consumer<String> fatal) {
    this.opener = opener;
    this.http = http.newBuilder().pingInterval(timings.ping()).build();
    this.timings = timings;
    this.clock = clock;
    this.backoff = new SocketBackoff(timings, random);
    this.acknowledged = acknowledged;
    this.hopeless = hopeless;
    this.fatal = fatal;
    this.loop = Thread.ofVirtual().name("slack-socket-loop").unstarted(this::run);
  }

  /** Starts the loop and returns at once; does nothing if it runs already. */
  @Override
  public void connect() {
    if (phase.compareAndSet(Phase.NEW, Phase.RUNNING)) {
      loop.start();
    }
  }

  @Override
  public void connectToNewEndpoint() {
    connect();
  }

  @Override
  public boolean verifyConnection() {
    return sockets.stream().anyMatch(SlackSocket::open);
  }

  /** Does nothing: the loop maintains the session. */
  @Override
  public long maintainCurrentSession() {
    return clock.instant().plus(timings.ping()).toEpochMilli();
  }

  /** The same as {@link #close}: a closed client cannot be restarted. */
  @Override
  public void disconnect() throws IOException {
    close();
  }

  /** Closes all sockets after what they delivered has been handed on; waits a few seconds. */
  @Override
  public void close() throws IOException {
    Phase before = phase.getAndUpdate(now -> now == Phase.FAILED ? now : Phase.STOPPED);
    stopping.countDown();
    try {
      if (before == Phase.RUNNING) {
        loop.interrupt();
        if (!loop.join(DRAIN)) {
          LOG.warn("The socket loop did not stop in time.");
        }
      }
      for (SlackSocket socket : sockets) {
        socket.close();
        if (!socket.awaitDrained(DRAIN)) {
          LOG.warn("A socket was closed before all its envelopes were stored.");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while closing the socket", interrupted);
    }
  }

  /**
   * Sends on the socket that delivered the envelope being handled, or else on the newest. An answer
   * whose socket is gone is dropped: Slack delivers that envelope again.
   */
  @Override
  public void sendWebSocketMessage(String message) {
    if (DELIVERY.isBound()) {
      Delivery delivery = DELIVERY.get();
      if (delivery.socket().send(message)) {
        acknowledged.accept(Duration.between(delivery.received(), clock.instant()));
      } else {
        LOG.info("Cannot acknowledge an envelope: its socket is closed.");
      }
      return;
    }
    if (sockets.reversed().stream().noneMatch(socket -> socket.open() && socket.send(message))) {
      LOG.info("Nothing was sent: no socket is open.");
    }
  }

  /** How the client is doing now. */
  public SocketHealth health() {
    State state =
        switch (phase.get()) {
          case NEW -> State.NEW;
          case RUNNING -> verifyConnection() ? State.CONNECTED : State.CONNECTING;
          case FAILED -> State.FAILED;
          case STOPPED -> State.STOPPED;
        };
    return new SocketHealth(
        state,
        (int) sockets.stream().filter(SlackSocket::open).count(),
        Optional.ofNullable(lastHello),
        Optional.ofNullable(lastEnvelope),
        opened.get(),
        suspected.get(),
        connections,
        sockets.stream().filter(SlackSocket::open).map(SlackSocket::health).toList(),
        problem);
  }

  private void run() {
    try {
      while (stopping.getCount() > 0 && phase.get() == Phase.RUNNING) {
        attempt();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() throws InterruptedException {
    try {
      switch (opener.open()) {
        case SocketOpener.Opening.At(var url) -> use(url);
        case SocketOpener.Opening.NotNow(var reason, var atLeast) -> pause(reason, false, atLeast);
        case SocketOpener.Opening.Fatal(var reason) -> {
          if (hopeless.getAsBoolean()) {
            giveUp(reason);
          } else {
            pause(reason, true, Duration.ZERO);
          }
        }
      }
    } catch (RuntimeException unexpected) {
      LOG.error("Unexpected error in the socket loop; it continues.", unexpected);
      pause(String.valueOf(unexpected.getMessage()), false, Duration.ZERO);
    }
  }

  private void giveUp(String reason) {
    problem = reason;
    if (phase.compareAndSet(Phase.RUNNING, Phase.FAILED)) {
      LOG.error("{}", reason);
      fatal.accept(reason);
    }
  }

  private void use(String url) throws InterruptedException {
    String name = "slack-socket-" + opened.incrementAndGet();
    SlackSocket socket = new SlackSocket(name, http, url, clock, this::deliver);
    sockets.add(socket);
    Instant start = clock.instant();
    boolean greeted = greeted(socket);
    if (greeted) {
      problem = "";
      retireOthers(socket);
    } else {
      socket.close();
    }
    Ending ending = awaitEnding(socket);
    sockets.removeIf(each -> !each.open());
    LOG.info("Replacing {}: {}.", name, ending.detail());
    boolean good = greeted && backoff.lived(Duration.between(start, clock.instant()));
    boolean refused = ending.cause() == Ending.Cause.REFUSED;
    if (!good || refused) {
      pause(ending.detail(), refused, Duration.ZERO);
    }
  }

  private boolean greeted(SlackSocket socket) throws InterruptedException {
    try {
      CompletableFuture.anyOf(socket.hello(), socket.ending())
          .get(timings.hello().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      LOG.info("Slack opened a socket but did not send hello.");
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
    JsonNode hello = socket.hello().getNow(null);
    if (hello == null) {
      return false;
    }
    lastHello = clock.instant();
    connections = hello.path("num_connections").asInt(1);
    LOG.info("Connected to Slack; the app has {} sockets.", connections);
    return true;
  }

  /**
   * Waits for the end of a socket, or until it has been quiet for so long that it may be deaf: it
   * answers pings, and Slack gives it nothing. It is then replaced while it stays open, so one that
   * was only quiet loses nothing by it.
   */
  private Ending awaitEnding(SlackSocket socket) throws InterruptedException {
    Duration left = timings.quiet();
    while (left.isPositive()) {
      try {
        return socket.ending().get(left.toMillis() + 1, TimeUnit.MILLISECONDS);
      } catch (TimeoutException elapsed) {
        left = timings.quiet().minus(socket.silence());
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    suspected.incrementAndGet();
    return new Ending(Ending.Cause.RENEW, "no traffic for too long");
  }

  private void retireOthers(SlackSocket newest) {
    for (SlackSocket each : sockets) {
      if (each != newest) {
        each.retire(timings.linger());
      }
    }
  }

  private void pause(String reason, boolean refused, Duration atLeast) throws InterruptedException {
    problem = reason;
    Duration delay = backoff.next(refused, atLeast);
    LOG.info("Next attempt to open a socket in {} ms: {}", delay.toMillis(), reason);
    if (stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("Stopped while waiting to connect.");
    }
  }

  private void deliver(Delivery delivery) {
    lastEnvelope = delivery.received();
    ScopedValue.where(DELIVERY, delivery).run(() -> process(delivery.text()));
  }

  private void process(String message) {
    try {
      processMessage(message);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
