package dev.bandmaster.bus;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The bot's side of the bus on a real broker. */
public final class AmqpAgentBus implements AgentBus {
  /** How long a stop waits for the listener to finish a batch. */
  private static final Duration FINISHING = Duration.ofSeconds(5);

  /**
   * How long a publish takes at most, of however many nodes: {@link AgentBus#publish}'s promise.
   */
  private static final Duration LONGEST_PUBLISH = Duration.ofSeconds(10);

  private final Duration longestPublish;
  private final ConnectionSettings settings;
  private final Names names;
  private final BotCodec codec;
  private final ConnectionLoop loop;
  private final ReplyQueues replies;
  private volatile @Nullable Inbound inbound;
  private volatile @Nullable Wires wires;

  /** What lives as long as one connection. */
  private record Wires(RequestSender sender, BatchConsumer events) {}

  /**
   * Prepares a bus; {@link #start} connects.
   *
   * @param settings its {@code name} is the replica's and becomes its reply address
   */
  public AmqpAgentBus(
      ConnectionSettings settings, BotCodec codec, InstantSource clock, RandomGenerator random) {
    this(settings, codec, LONGEST_PUBLISH, clock, random);
  }

  /**
   * As the other.
   *
   * @param longestPublish how long {@link #publish} may take
   */
  AmqpAgentBus(
      ConnectionSettings settings,
      BotCodec codec,
      Duration longestPublish,
      InstantSource clock,
      RandomGenerator random) {
    this.longestPublish = longestPublish;
    this.settings = settings;
    this.names = new Names(settings.prefix());
    this.codec = codec;
    this.replies = new ReplyQueues(names, new Replies());
    this.loop = new ConnectionLoop(settings, new Session(), clock, random);
  }

  @Override
  public void start(BusListener listener) {
    inbound = new Inbound(codec, listener);
    loop.start();
  }

  @Override
  public void acquire(String lease) {
    replies.acquire(lease);
  }

  @Override
  public void release(String lease) {
    replies.release(lease);
  }

  @Override
  public String replyTo() {
    return settings.name();
  }

  /** How often a reply queue has been opened. */
  long openings() {
    return replies.openings();
  }

  @Override
  public BusState state() {
    return loop.state();
  }

  @Override
  public PublishResult publish(Request request) {
    Wires current = wires;
    if (current == null) {
      return new PublishResult.NotSent("the broker at " + settings.address() + " is unreachable");
    }
    if (state() instanceof BusState.Blocked(String reason, _)) {
      return new PublishResult.NotSent(
          "the broker at " + settings.address() + " accepts no messages: " + reason);
    }
    return codec
        .problem()
        .<PublishResult>map(PublishResult.NotSent::new)
        .orElseGet(() -> current.sender().send(request));
  }

  @Override
  public void close() {
    List<BatchConsumer> working = new ArrayList<>(replies.consumers());
    Wires last = wires;
    if (last != null) {
      working.add(last.events());
    }
    loop.close();
    try {
      for (BatchConsumer consumer : working) {
        consumer.join(FINISHING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Replies implements ReplyQueues.Receiver {
    @Override
    public void replies(String lease, List<BatchConsumer.Delivery> batch) {
      Objects.requireNonNull(inbound).replies(lease, batch);
    }

    @Override
    public void discarded(BatchConsumer.Delivery reply, Throwable fault) {
      Objects.requireNonNull(inbound).discarded(reply, fault);
    }
  }

  private final class Session implements ConnectionLoop.Session {
    @Override
    public void open(Connection connection, BrokerDialect dialect) throws IOException {
      Inbound receiver = Objects.requireNonNull(inbound);
      declare(connection);
      var events =
          new BatchConsumer(
              connection,
              "events-" + settings.name(),
              receiver.eventReceiver(),
              () -> connection.abort(0));
      events.consume(names.presenceQueue(replyTo()));
      events.consume(names.noticeQueue());
      wires =
          new Wires(new RequestSender(connection, dialect, names, codec, longestPublish), events);
      replies.connected(connection, dialect);
    }

    @Override
    public void check() throws IOException {
      replies.check();
    }

    @Override
    public Duration unconfirmed() {
      Wires current = wires;
      return current == null ? Duration.ZERO : current.sender().unconfirmedFor();
    }

    @Override
    public void stateChanged(BusState state) {
      switch (state) {
        case BusState.Connected _, BusState.Blocked _ -> {}
        case BusState.Disconnected disconnected -> disconnected();
        case BusState.Refused refused -> disconnected();
        case BusState.Closed closed -> disconnected();
      }
      Objects.requireNonNull(inbound).stateChanged(state);
    }

    private void disconnected() {
      wires = null;
      replies.disconnected();
    }
  }

  private void declare(Connection connection) throws IOException {
    try (Channel channel = Channels.open(connection)) {
      Topology.exchanges(channel, names);
      channel.queueDeclare(names.noticeQueue(), true, false, false, Map.of());
      channel.queueBind(names.noticeQueue(), names.events(), "alert.#");
      channel.queueBind(names.noticeQueue(), names.events(), "enroll.#");
      String presence = names.presenceQueue(replyTo());
      channel.queueDeclare(presence, false, true, true, Map.of());
      for (String watched : new String[] {"presence.#", "job.#", "enroll.#"}) {
        channel.queueBind(presence, names.events(), watched);
      }
    } catch (TimeoutException e) {
      throw new IOException("the broker did not answer in time", e);
    }
  }
}
