package dev.bandmaster.bus;

import dev.bandmaster.wire.Request;

/** The bot's side of the agent bus. Safe for use by any thread. */
public interface AgentBus extends AutoCloseable {
  /** Starts connecting, and reconnects until closed; returns at once. To be called once. */
  void start(BusListener listener);

  /**
   * Signs and sends a request and waits until the broker has answered for every part of it, at most
   * ten seconds. Many threads may publish at the same time.
   */
  Published publish(Request request);

  /** This replica's reply address: what goes into {@link Request#replyTo()}. */
  String replyTo();

  BusState state();

  /** Stops taking deliveries, lets the listener finish what it has, closes the connection. */
  @Override
  void close();
}
