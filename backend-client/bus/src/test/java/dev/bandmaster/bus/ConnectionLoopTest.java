package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.bandmaster.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three endings of the loop: fatal, asked to stop, try again. */
final class ConnectionLoopTest {
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final Work work = new Work();
  private volatile Send send = text -> {};
  private volatile Runnable cut = () -> {};

  private interface Send {
    void send(String text) throws IOException;
  }

  /** What a part of the program may do wrong. */
  enum Fault {
    RUNTIME_EXCEPTION {
      @Override
      void happen() {
        throw new IllegalStateException("on purpose");
      }
    },
    ILLEGAL_ARGUMENT {
      @Override
      void happen() {
        throw new IllegalArgumentException("on purpose, and nothing to do with the address");
      }
    },
    ERROR {
      @Override
      void happen() {
        throw new StackOverflowError("on purpose");
      }
    },
    INTERRUPT {
      @Override
      void happen() {
        Thread.currentThread().interrupt();
      }
    };

    abstract void happen();
  }

  /** A session that can be told to fail in each of its methods. */
  private static final class Work implements ConnectionLoop.Session {
    private final AtomicInteger opened = new AtomicInteger();
    private final List<BusState> states = new CopyOnWriteArrayList<>();
    private volatile Runnable onOpen = () -> {};
    private volatile Duration unconfirmed = Duration.ZERO;
    private volatile Runnable onState = () -> {};
    private volatile Opening opening = connection -> {};

    private interface Opening {
      void open(Connection connection) throws IOException;
    }

    @Override
    public void open(Connection connection, BrokerDialect dialect) throws IOException {
      opened.incrementAndGet();
      onOpen.run();
      opening.open(connection);
    }

    @Override
    public Duration unconfirmed() {
      return unconfirmed;
    }

    @Override
    public void stateChanged(BusState state) {
      states.add(state);
      onState.run();
    }
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void isolation_aFaultWhileConnectingIsWaitedOutAndTriedAgain(Fault fault) {
    work.onOpen = fault::happen;
    try (ConnectionLoop loop = started(broker.uri())) {
      // A flag that is left set is cleared, and does no further harm.
      Recorder.await(
          "it is tried again and again",
          () -> work.opened.get() >= 5 || loop.state() instanceof BusState.Connected);
      work.onOpen = () -> {};
      Recorder.await("then it works", () -> loop.state() instanceof BusState.Connected);
    }
    Recorder.await("closed", () -> work.states.getLast() instanceof BusState.Closed);
  }

  @ParameterizedTest
  @EnumSource
  void isolation_aListenerOfTheStateThatFailsForEverStopsNothing(Fault fault) {
    work.onState = fault::happen;
    try (ConnectionLoop loop = started(broker.uri())) {
      Recorder.await("connected", () -> loop.state() instanceof BusState.Connected);
      int before = work.opened.get();
      broker.restart().close();
      Recorder.await("away", () -> loop.state() instanceof BusState.Disconnected);
      assertThat(before).isEqualTo(1);
    }
    Recorder.await("closed", () -> work.states.getLast() instanceof BusState.Closed);
  }

  @Test
  void isolation_aCallbackThatThrowsClosesNoChannelAndOneThatBlocksHoldsNoConnection()
      throws Exception {
    var blocked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var taken = new CopyOnWriteArrayList<String>();
    work.opening =
        connection -> {
          Channel channel = connection.createChannel();
          channel.queueDeclare("isolation", false, false, false, Map.of());
          channel.basicConsume(
              "isolation",
              true,
              (tag, delivery) -> {
                String text = new String(delivery.getBody(), StandardCharsets.UTF_8);
                if (text.equals("throw")) {
                  throw new IllegalStateException("on purpose");
                }
                if (text.equals("block")) {
                  blocked.countDown();
                  Recorder.waitFor(never);
                }
                taken.add(text);
              },
              tag -> {});
          send =
              text ->
                  channel.basicPublish(
                      "", "isolation", null, text.getBytes(StandardCharsets.UTF_8));
          cut = () -> connection.abort(0);
        };
    try (ConnectionLoop loop = started(broker.uri())) {
      Recorder.await("connected", () -> loop.state() instanceof BusState.Connected);
      send.send("throw");
      send.send("one");
      Recorder.await("the channel is still open", () -> taken.contains("one"));

      send.send("block");
      blocked.await();
      cut.run();
      Recorder.await("the next connection is opened", () -> work.opened.get() == 2);
      Recorder.await("connected", () -> loop.state() instanceof BusState.Connected);
      send.send("two");
      Recorder.await("and works", () -> taken.contains("two"));
    }
  }

  @Test
  void trustT21_aBrokerThatConfirmsNothingIsNamedAndConnectedToAgainInTheEnd() {
    try (ConnectionLoop loop = started(broker.uri())) {
      Recorder.await("connected", () -> loop.state() instanceof BusState.Connected);
      work.unconfirmed = Duration.ofSeconds(20);
      Recorder.await(
          "named",
          () ->
              loop.state() instanceof BusState.Blocked(String reason, var since)
                  && reason.equals("it confirms nothing"));
      work.unconfirmed = Duration.ZERO;
      Recorder.await("over", () -> loop.state() instanceof BusState.Connected);
      assertThat(work.opened).as("on the same connection").hasValue(1);

      work.unconfirmed = Duration.ofMinutes(2);
      Recorder.await("connected to again", () -> work.opened.get() > 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no uri at all %", "http://guest:guest@127.0.0.1:5672", "amqp://a b"})
  void isolation_onlyWhatAPersonMustPutRightIsFatal(String uri) {
    try (ConnectionLoop loop = started(uri)) {
      Recorder.await("refused", () -> loop.state() instanceof BusState.Refused);
    }
    assertThat(work.opened).hasValue(0);
  }

  private ConnectionLoop started(String uri) {
    var loop =
        new ConnectionLoop(
            ConnectionSettings.of(uri, "main", "loop")
                .withRetries(Duration.ofMillis(1), Duration.ofMillis(20)),
            work,
            InstantSource.system(),
            new SplittableRandom(4));
    loop.start();
    return loop;
  }
}
