package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Declares what both sides need. */
final class Topology {
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
   * Declares on a channel of its own, and takes it quietly when that is not for us to do: a node
   * with the rights that it needs may not declare what belongs to the bot, and finds it declared.
   */
  static void ifAllowed(Connection connection, Declaring declaring) throws IOException {
    try (Channel channel = connection.createChannel()) {
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
