package dev.bandmaster.bus;

import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.Stamps;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A node's side of the bus on a real broker, with its own connection. */
public final class AmqpNodeBus implements NodeBus {
  private final AmqpNodeHost host;
  private final NodeBus session;

  /**
   * Prepares a bus; {@link #start} connects.
   *
   * @param self the node as it is now; announce a {@code Join} or {@code Update} when that changes
   * @param stamps the agent's, which it uses for its own events too
   */
  public AmqpNodeBus(
      ConnectionSettings settings,
      NodeDescription self,
      NodeKeys keys,
      BotKeyRing ring,
      Stamps stamps,
      NodeOptions options,
      InstantSource clock,
      RandomGenerator random) {
    this(settings, self, keys, () -> ring, stamps, options, clock, random);
  }

  /**
   * As the other, with bot keys that may change.
   *
   * @param ring asked for every message: answers from memory
   */
  public AmqpNodeBus(
      ConnectionSettings settings,
      NodeDescription self,
      NodeKeys keys,
      Supplier<BotKeyRing> ring,
      Stamps stamps,
      NodeOptions options,
      InstantSource clock,
      RandomGenerator random) {
    host = new AmqpNodeHost(settings, ring, clock, random);
    session = host.add(self, keys, stamps, options);
  }

  @Override
  public void start(RequestHandler handler) {
    session.start(handler);
    host.start();
  }

  @Override
  public void reply(String replyTo, TargetReport reply) throws BusUnavailable {
    session.reply(replyTo, reply);
  }

  @Override
  public void announce(NodeEvent event) throws BusUnavailable {
    session.announce(event);
  }

  @Override
  public BusState state() {
    return host.state();
  }

  @Override
  public void close() {
    host.close();
  }
}
