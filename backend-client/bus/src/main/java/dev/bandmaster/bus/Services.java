package dev.bandmaster.bus;

import com.rabbitmq.client.Channel;
import dev.bandmaster.wire.RoutingKeys;
import java.io.IOException;
import java.time.Duration;

/** The shared queues of any-one work: whichever node is free takes the next request. */
final class Services {
  /** A service that nobody offered or asked for this long is forgotten. */
  private static final Duration UNUSED = Duration.ofDays(7);

  private Services() {}

  /** Declares the queue of a service; returns how many nodes take from it. */
  static int declare(
      Channel channel, Names names, BrokerDialect dialect, String collective, String capability)
      throws IOException {
    String queue = names.serviceQueue(collective, capability);
    int consumers =
        channel
            .queueDeclare(queue, true, false, false, dialect.sharedWork(UNUSED))
            .getConsumerCount();
    channel.queueBind(queue, names.requests(), RoutingKeys.service(collective, capability));
    return consumers;
  }
}
