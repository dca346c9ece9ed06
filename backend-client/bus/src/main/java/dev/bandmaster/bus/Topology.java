package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.bandmaster.wire.RoutingKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Declares what both sides need. */
final class Topology {
  /** How long replies wait for a replica that does not return. */
  private static final Duration ABANDONED = Duration.ofDays(7);

  private Topology() {}

  /** A piece of declaring. */
  interface Declaring {
    void declare(Channel channel) throws IOException;
  }

  static void exchanges(Channel channel, Names names) throws IOException {
    for (String name :
        new String[] {names.requests(), names.replies(), names.events(), names.dead()}) {
      channel.exchangeDeclare(name, BuiltinExchangeType.TOPIC, true);
    }
  }

  /**
   * Declares the queue in which the replies to a replica wait, and returns its name. The one that
   * takes from it and the one that publishes a request that is to be answered there both do so,
   * whichever comes first.
   */
  static String replyQueue(Channel channel, Names names, BrokerDialect dialect, String replica)
      throws IOException {
    String queue = names.replyQueue(replica);
    channel.queueDeclare(queue, true, false, false, dialect.abandonedAfter(ABANDONED));
    channel.queueBind(queue, names.replies(), RoutingKeys.repliesTo(replica));
    return queue;
  }

  /**
   * Declares on a channel of its own, and takes it quietly when that is not for us to do: a node
   * with the rights that it needs may not declare what belongs to the bot, and finds it declared.
   */
  static void ifAllowed(Connection connection, Declaring declaring) throws IOException {
    try (Channel channel = Channels.open(connection)) {
      declaring.declare(channel);
    } catch (IOException e) {
      if (!isAccessRefused(e)) {
        throw e;
      }
    } catch (TimeoutException e) {
      throw new IOException("the broker did not answer in time", e);
    }
  }

  private static boolean isAccessRefused(IOException problem) {
    return problem.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.ACCESS_REFUSED;
  }
}
