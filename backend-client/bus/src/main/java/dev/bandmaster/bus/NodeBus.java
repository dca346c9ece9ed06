package dev.bandmaster.bus;

import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.TargetReport;

/** A node's side of the agent bus. Safe for use by any thread. */
public interface NodeBus extends AutoCloseable {
  /**
   * Starts connecting, and reconnects until closed; returns at once. At every connection the node
   * shows its public key by itself. To be called once.
   */
  void start(RequestHandler handler);

  /**
   * Sends a reply and returns when the broker has it.
   *
   * @param replyTo the request's {@code replyTo}
   * @throws BusUnavailable when the broker is away or does not confirm within ten seconds; send the
   *     same reply again later, the bot knows it by node, boot and sequence
   */
  void reply(String replyTo, TargetReport reply) throws BusUnavailable;

  /**
   * Sends an event without waiting for the broker, but for a {@code Leave}, for which it waits two
   * seconds at most, since the connection is closed after it. A {@code Join} or {@code Update} also
   * changes what the node listens for, to fit the description.
   *
   * @throws BusUnavailable when the broker is away
   */
  void announce(NodeEvent event) throws BusUnavailable;

  BusState state();

  /** Stops taking requests and closes the connection. */
  @Override
  void close();
}
