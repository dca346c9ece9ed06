package dev.bandmaster.bus;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.RoutingKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The bot's side of the bus on a real broker. */
public final class AmqpAgentBus implements AgentBus {
  /** Replies wait this long for a replica that does not come back. */
  private static final Duration ABANDONED = Duration.ofDays(7);

  /** How long a stop waits for the listener to finish a batch. */
  private static final Duration FINISHING = Duration.ofSeconds(5);

  private final ConnectionSettings settings;
  private final Names names;
  private final BotCodec codec;
  private final ConnectionLoop loop;
  private volatile @Nullable Inbound inbound;
  private volatile @Nullable Wires wires;

  /** What lives as long as one connection. */
  private record Wires(
      Connection connection,
      RequestSender sender,
      BatchConsumer replies,
      BatchConsumer events,
      long seen) {}

  /**
   * Prepares a bus; {@link #start} connects.
   *
   * @param settings its {@code name} is the replica's and becomes its reply address
   */
  public AmqpAgentBus(
      ConnectionSettings settings, BotCodec codec, InstantSource clock, RandomGenerator random) {
    this.settings = settings;
    this.names = new Names(settings.prefix());
    this.codec = codec;
    this.loop = new ConnectionLoop(settings, new Session(), clock, random);
  }

  @Override
  public void start(BusListener listener) {
    inbound = new Inbound(codec, listener, replyTo());
    loop.start();
  }

  @Override
  public String replyTo() {
    return settings.name();
  }

  @Override
  public BusState state() {
    return loop.state();
  }

  @Override
  public Published publish(Request request) {
    Wires current = wires;
    return current == null
        ? new Published.NotSent(
            "the broker at " + settings.address() + " cannot be reached at this moment")
        : current.sender().send(request);
  }

  @Override
  public void close() {
    Wires last = wires;
    loop.close();
    if (last == null) {
      return;
    }
    try {
      last.replies().join(FINISHING);
      last.events().join(FINISHING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Session implements ConnectionLoop.Session {
    @Override
    public void open(Connection connection, BrokerDialect dialect) throws IOException {
      Inbound receiver = Objects.requireNonNull(inbound);
      declare(connection, dialect);
      var replies = new BatchConsumer(connection, "replies-" + settings.name(), receiver::replies);
      replies.consume(names.replyQueue(replyTo()));
      var events = new BatchConsumer(connection, "events-" + settings.name(), receiver::events);
      events.consume(names.presenceQueue(replyTo()));
      events.consume(names.noticeQueue());
      wires =
          new Wires(
              connection, new RequestSender(connection, dialect, names, codec), replies, events, 0);
    }

    /**
     * The watchdog against a consumer that is registered but deaf: replies wait at the broker,
     * nothing is in work here, and none has arrived since the last look.
     */
    @Override
    public void check() throws IOException {
      Wires current = wires;
      if (current == null) {
        return;
      }
      long received = current.replies().received();
      if (current.replies().isIdle()
          && received == current.seen()
          && waiting(current.connection()) > 0) {
        throw new IOException("replies wait at the broker and are not delivered");
      }
      wires =
          new Wires(
              current.connection(),
              current.sender(),
              current.replies(),
              current.events(),
              received);
    }

    @Override
    public void stateChanged(BusState state) {
      switch (state) {
        case BusState.Connected connected -> {}
        case BusState.Disconnected disconnected -> wires = null;
        case BusState.Refused refused -> wires = null;
        case BusState.Closed closed -> wires = null;
      }
      Objects.requireNonNull(inbound).stateChanged(state);
    }

    private long waiting(Connection connection) throws IOException {
      try (Channel channel = connection.createChannel()) {
        return channel.messageCount(names.replyQueue(replyTo()));
      } catch (TimeoutException e) {
        throw new IOException("the broker did not answer in time", e);
      }
    }
  }

  private void declare(Connection connection, BrokerDialect dialect) throws IOException {
    try (Channel channel = connection.createChannel()) {
      Topology.exchanges(channel, names);
      String replies = names.replyQueue(replyTo());
      channel.queueDeclare(replies, true, false, false, dialect.abandonedAfter(ABANDONED));
      channel.queueBind(replies, names.replies(), RoutingKeys.repliesTo(replyTo()));
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
