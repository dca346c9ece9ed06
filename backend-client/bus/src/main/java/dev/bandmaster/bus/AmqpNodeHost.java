package dev.bandmaster.bus;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.NodeCodec;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.RequestReader;
import dev.bandmaster.wire.Stamps;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection for any number of nodes: an agent has one, an emulated fleet hundreds. Add the
 * nodes, start each, then start the host.
 */
public final class AmqpNodeHost implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AmqpNodeHost.class);

  /**
   * Requests that the broker sends ahead of acknowledgements, for all nodes of the connection
   * together.
   */
  private static final int PREFETCH = 200;

  private final Names names;
  private final RequestReader reader;
  private final ConnectionLoop loop;
  private final FaultLog faults = new FaultLog(log);
  private volatile @Nullable ConfirmedChannel replies;
  private final List<NodeSession> sessions = new CopyOnWriteArrayList<>();

  public AmqpNodeHost(
      ConnectionSettings settings, BotKeyRing ring, InstantSource clock, RandomGenerator random) {
    this(settings, () -> ring, clock, random);
  }

  /**
   * As the other, with keys that may change.
   *
   * @param ring asked for every message: answers from memory
   */
  public AmqpNodeHost(
      ConnectionSettings settings,
      Supplier<BotKeyRing> ring,
      InstantSource clock,
      RandomGenerator random) {
    this.names = new Names(settings.prefix());
    this.reader = new RequestReader(ring, clock);
    this.loop = new ConnectionLoop(settings, new Session(), clock, random);
  }

  /**
   * Adds a node, before {@link #start}. Its {@code start} only says who handles its requests; its
   * {@code close} does nothing, the host's closes all.
   */
  public NodeBus add(NodeDescription self, NodeKeys keys, Stamps stamps, NodeOptions options) {
    var session =
        new NodeSession(
            names, self, new NodeCodec(self.node(), keys, reader), stamps, options, loop::state);
    sessions.add(session);
    return session;
  }

  /** Starts connecting, and reconnects until closed; returns at once. To be called once. */
  public void start() {
    loop.start();
  }

  public BusState state() {
    return loop.state();
  }

  @Override
  public void close() {
    loop.close();
  }

  private final class Session implements ConnectionLoop.Session {
    @Override
    public void open(Connection connection, BrokerDialect dialect) throws IOException {
      Topology.ifAllowed(connection, channel -> Topology.exchanges(channel, names));
      Channel requests = Channels.vital(connection);
      requests.basicQos(PREFETCH);
      var sending = new ConfirmedChannel(connection, dialect);
      for (NodeSession session : sessions) {
        session.open(connection, requests, sending, dialect);
      }
      // Last: a broker with an alarm stops reading at the first message, declarations included.
      for (NodeSession session : sessions) {
        session.enrol();
      }
      replies = sending;
    }

    @Override
    public Duration unconfirmed() {
      ConfirmedChannel current = replies;
      return current == null ? Duration.ZERO : current.unconfirmedFor();
    }

    @Override
    public void stateChanged(BusState state) {
      for (NodeSession session : sessions) {
        String place = "Notifying " + session.node() + " of the bus state";
        try {
          session.stateChanged(state);
          faults.recovered(place);
        } catch (Throwable failed) {
          faults.failed(place, failed);
        }
      }
    }
  }
}
