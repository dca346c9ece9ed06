package dev.bandmaster.bus;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.wire.RoutingKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The queues of one node and what they are bound to. */
final class NodeQueues {
  /** Longest wait and most messages of an inbox; a request's own ttl is usually far shorter. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(31);

  private static final int MOST_WAITING = 10_000;

  private final Names names;
  private final String node;
  private final NodeOptions options;
  private final Set<String> bound = new HashSet<>();
  private @Nullable Channel channel;

  NodeQueues(Names names, String node, NodeOptions options) {
    this.names = names;
    this.node = node;
    this.options = options;
  }

  /**
   * Declares and binds everything and begins to take requests.
   *
   * @param requests shared by the nodes of a connection
   * @param consumer makes a consumer for a channel
   */
  synchronized void open(
      Connection connection,
      Channel requests,
      BrokerDialect dialect,
      NodeDescription self,
      Function<Channel, Consumer> consumer)
      throws IOException {
    channel = requests;
    bound.clear();
    requests.queueDeclare(names.liveQueue(node), false, true, true, Map.of());
    Set<String> keys = RoutingKeys.listenedTo(self);
    bindWithoutWaiting(requests, names.liveQueue(node), names.requests(), keys);
    bound.addAll(keys);
    requests.basicConsume(names.liveQueue(node), false, consumer.apply(requests));
    if (options.inbox()) {
      String inbox = names.inboxQueue(node);
      requests.queueDeclare(
          inbox, true, false, false, dialect.inbox(LONGEST_WAIT, MOST_WAITING, names.dead()));
      requests.queueBind(inbox, names.requests(), RoutingKeys.inbox(self.collective(), node));
      requests.basicConsume(inbox, false, consumer.apply(requests));
    }
    if (!options.services().isEmpty()) {
      openServices(connection, dialect, self.collective(), consumer);
    }
  }

  /**
   * Any-one work is taken one request at a time, so that a busy node leaves the next to a free one.
   */
  private void openServices(
      Connection connection,
      BrokerDialect dialect,
      String collective,
      Function<Channel, Consumer> consumer)
      throws IOException {
    Channel oneByOne = Channels.vital(connection);
    oneByOne.basicQos(1);
    for (String capability : options.services()) {
      Topology.ifAllowed(
          connection,
          declaring -> Services.declare(declaring, names, dialect, collective, capability));
      oneByOne.basicConsume(
          names.serviceQueue(collective, capability), false, consumer.apply(oneByOne));
    }
  }

  /**
   * Listens for what fits the description, and no longer for what does not; returns when the broker
   * knows.
   */
  synchronized void listen(NodeDescription self) throws IOException {
    Channel open = channel;
    if (open == null) {
      return;
    }
    Set<String> wanted = RoutingKeys.listenedTo(self);
    for (String key : wanted) {
      if (bound.add(key)) {
        open.queueBind(names.liveQueue(node), names.requests(), key);
      }
    }
    for (String key : Set.copyOf(bound)) {
      if (!wanted.contains(key)) {
        open.queueUnbind(names.liveQueue(node), names.requests(), key);
        bound.remove(key);
      }
    }
  }

  synchronized void closed() {
    channel = null;
  }

  /**
   * A thousand nodes of one process have some ten thousand bindings; waiting for each would take
   * most of the time to connect. The broker handles a channel's commands in order, so the answer to
   * the next one covers them.
   */
  private static void bindWithoutWaiting(
      Channel requests, String queue, String exchange, Set<String> keys) throws IOException {
    for (String key : keys) {
      requests.queueBindNoWait(queue, exchange, key, Map.of());
    }
  }
}
