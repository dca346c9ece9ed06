package dev.bandmaster.bus;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receipt for one delivery on a channel. When the connection is gone the broker delivers again
 * by itself.
 */
final class DeliveryReceipt implements Acknowledgement {
  private static final Logger log = LoggerFactory.getLogger(DeliveryReceipt.class);

  private final Channel channel;
  private final long tag;
  private final AtomicBoolean given = new AtomicBoolean();

  DeliveryReceipt(Channel channel, long tag) {
    this.channel = channel;
    this.tag = tag;
  }

  @Override
  public void done() {
    give(() -> channel.basicAck(tag, false));
  }

  @Override
  public void again() {
    give(() -> channel.basicNack(tag, false, true));
  }

  /** Gives the message up; an inbox passes it on to the dead letters. */
  void never() {
    give(() -> channel.basicNack(tag, false, false));
  }

  private interface Giving {
    void give() throws IOException;
  }

  private void give(Giving giving) {
    if (!given.compareAndSet(false, true)) {
      return;
    }
    try {
      giving.give();
    } catch (IOException | AlreadyClosedException gone) {
      log.debug(
          "The connection closed before a request was acknowledged; it will be " + "redelivered");
    }
  }
}
