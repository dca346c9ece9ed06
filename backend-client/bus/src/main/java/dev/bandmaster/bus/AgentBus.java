package dev.bandmaster.bus;

import dev.bandmaster.wire.Request;

/** The bot's side of the agent bus. Safe for use by any thread. */
public interface AgentBus extends AutoCloseable {
  /**
   * Starts connecting, and reconnects until closed; returns at once. To be called once. Events are
   * taken from the beginning, replies only to the leases that were acquired.
   */
  void start(BusListener listener);

  /**
   * Takes the replies that were sent to a replica's address, its own name included, as soon as the
   * broker is there and after each reconnection. The address need not have been used before.
   *
   * <p>Returns at once; adopting again does nothing, or tries again what failed, so it may be
   * called at each renewal of a lease. Two processes that take from one queue share its replies and
   * do no harm: a process that does not hold the lease throws {@link NotForUs}.
   */
  void acquire(String lease);

  /**
   * Stops taking a lease's replies; returns at once. The batch in work, if there is one, ends as it
   * ends; what was delivered and is not acknowledged goes back to the queue. Disowning what was not
   * adopted does nothing.
   */
  void release(String lease);

  /**
   * Signs and sends a request and waits until the broker has answered for every part of it, at most
   * ten seconds. Many threads may publish at the same time. Its reply address may be that of any
   * lease.
   */
  PublishResult publish(Request request);

  /** This replica's own reply address: what goes into {@link Request#replyTo()}. */
  String replyTo();

  BusState state();

  /** Stops taking deliveries, lets the listener finish what it has, closes the connection. */
  @Override
  void close();
}
