package dev.bandmaster.bus;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;

/**
 * Opens channels. A broker can end a channel and leave the connection open, for instance when a
 * delivery was not acknowledged for half an hour; a client that does not notice stays connected but
 * deaf.
 */
final class Channels {
  private Channels() {}

  static Channel open(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows no more channels on this connection");
    }
    return channel;
  }

  /** Opens a channel that takes the connection along when the broker ends it. */
  static Channel vital(Connection connection) throws IOException {
    Channel channel = open(connection);
    onEnd(channel, () -> connection.abort(0));
    return channel;
  }

  /** Runs an action on a separate thread when the broker closes only this channel. */
  static void onEnd(Channel channel, Runnable action) {
    channel.addShutdownListener(cause -> {
      if (endedAlone(cause)) {
        Thread.ofVirtual().name("channel-ended").start(action);
      }
    });
  }

  private static boolean endedAlone(ShutdownSignalException cause) {
    return !cause.isHardError() && !cause.isInitiatedByApplication();
  }
}
