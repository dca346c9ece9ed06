package dev.bandmaster.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket from its opening to its end. The reading thread only sorts what comes; a thread of the
 * socket's own hands the envelopes on, in their order, so that a slow store holds up neither pings
 * nor the notice that the socket is about to be closed.
 */
final class SlackSocket {

  private static final Logger LOG = LoggerFactory.getLogger(SlackSocket.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** When more envelopes wait, reading pauses and Slack waits with us. */
  private static final int MOST_WAITING = 1_000;

  /** How long Slack may take to agree that a socket is closed. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  /** The code for a normal end, RFC 6455 section 7.4.1. */
  private static final int NORMAL = 1000;

  /**
   * An envelope as it came.
   *
   * @param socket the socket that delivered it, which also takes its acknowledgement
   */
  record Delivery(SlackSocket socket, String text, Instant received) {}

  /** Why a socket should be replaced. */
  record Ending(Cause cause, String detail) {
    enum Cause {
      /** Slack is about to close it, as it does every few hours. */
      RENEW,
      /** Slack wants no socket of this app for now. */
      REFUSED,
      /** It is closed or broken. */
      LOST
    }
  }

  private final String name;
  private final InstantSource clock;
  private final Consumer<Delivery> receiver;
  private final BlockingQueue<Optional<Delivery>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CompletableFuture<JsonNode> hello = new CompletableFuture<>();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread worker;
  private final WebSocket web;
  private volatile Instant lastReceived;
  private volatile @Nullable Instant greeted;
  private volatile @Nullable Instant delivered;

  SlackSocket(
      String name,
      OkHttpClient http,
      String url,
      InstantSource clock,
      Consumer<Delivery> receiver) {
    this.name = name;
    this.clock = clock;
    this.receiver = receiver;
    this.lastReceived = clock.instant();
    this.worker = Thread.ofVirtual().name(name).unstarted(this::handOn);
    this.web = http.newWebSocket(new Request.Builder().url(url).build(), new Listener());
    worker.start();
  }

  /** Completed when Slack has greeted. */
  CompletableFuture<JsonNode> hello() {
    return hello;
  }

  /** Completed when the socket should be replaced, at the latest when it is gone. */
  CompletableFuture<Ending> ending() {
    return ending;
  }

  String name() {
    return name;
  }

  /** For how long nothing has come over this socket but pongs, which a deaf one has too. */
  Duration silence() {
    return Duration.between(lastReceived, clock.instant());
  }

  SocketHealth.Line health() {
    return new SocketHealth.Line(
        name, Optional.ofNullable(greeted), Optional.ofNullable(delivered));
  }

  boolean open() {
    return closed.getCount() > 0 && hello.isDone();
  }

  /** Sends; false if the socket is gone. */
  boolean send(String text) {
    return web.send(text);
  }

  /** Leaves the socket to Slack to close, and closes it if that takes longer than this. */
  void retire(Duration linger) {
    Thread.ofVirtual()
        .name(name + "-retiring")
        .start(() -> {
          if (!awaitClosed(linger)) {
            close();
          }
        });
  }

  /** Closes it; what Slack sends until it agrees is still taken in. */
  void close() {
    web.close(NORMAL, null);
    if (!awaitClosed(CLOSING)) {
      web.cancel();
    }
    ended(new Ending(Ending.Cause.LOST, "closed by the bot"));
  }

  private boolean awaitClosed(Duration limit) {
    try {
      return closed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for the hand-over of what had arrived before the end. */
  boolean awaitDrained(Duration limit) throws InterruptedException {
    return worker.join(limit);
  }

  private void ended(Ending how) {
    ending.complete(how);
    closed.countDown();
    // Wakes a worker that waits; one that is busy finds the socket closed when it looks again.
    boolean woken = waiting.offer(Optional.empty());
    LOG.debug("{}: ended ({}), worker woken: {}", name, how.detail(), woken);
  }

  private void handOn() {
    try {
      while (true) {
        Optional<Delivery> next = closed.getCount() > 0 ? waiting.take() : waiting.poll();
        if (next == null) {
          return;
        }
        next.ifPresent(this::handOn);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOn(Delivery delivery) {
    try {
      receiver.accept(delivery);
    } catch (RuntimeException notReceived) {
      LOG.error(
          "{}: an envelope was not stored, so it is not acknowledged and Slack resends it.",
          name,
          notReceived);
    }
  }

  private final class Listener extends WebSocketListener {

    @Override
    public void onMessage(WebSocket socket, String text) {
      Instant received = clock.instant();
      lastReceived = received;
      JsonNode frame;
      try {
        frame = JSON.readTree(text);
      } catch (JsonProcessingException unreadable) {
        LOG.warn("{}: Slack sent {} characters that are not JSON.", name, text.length());
        return;
      }
      switch (frame.path("type").asText()) {
        case "hello" -> {
          greeted = received;
          hello.complete(frame);
        }
        case "disconnect" -> ending.complete(disconnect(frame.path("reason").asText()));
        default -> {
          delivered = received;
          enqueue(new Delivery(SlackSocket.this, text, received));
        }
      }
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      socket.close(NORMAL, null);
      ended(new Ending(Ending.Cause.LOST, "Slack closed the socket with code " + code));
    }

    @Override
    public void onFailure(WebSocket socket, Throwable problem, @Nullable Response response) {
      ended(new Ending(Ending.Cause.LOST, String.valueOf(problem.getMessage())));
    }

    private void enqueue(Delivery delivery) {
      try {
        waiting.put(Optional.of(delivery));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private static Ending disconnect(String reason) {
      return switch (reason) {
        case "link_disabled" ->
            new Ending(
                Ending.Cause.REFUSED,
                "Socket Mode is disabled. Enable it in the app's settings (link_disabled)");
        case "too_many_websockets" ->
            new Ending(
                Ending.Cause.REFUSED,
                "The app already has ten sockets. Stop another bot process"
                    + " (too_many_websockets)");
        default -> new Ending(Ending.Cause.RENEW, reason);
      };
    }
  }
}
