package dev.bandmaster.bot.work;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks all nodes to describe themselves: after the bot was away, and when somebody is heard who has
 * not been introduced. Calls in quick succession are one.
 */
public final class FleetCall {

  /** Long enough for a thousand nodes' first beats to be answered by one call. */
  private static final Duration GATHER = Duration.ofMillis(200);

  private static final Duration TTL = Duration.ofSeconds(30);

  private final AgentBus bus;
  private final String sender;
  private final String collective;
  private final InstantSource clock;
  private final AtomicBoolean planned = new AtomicBoolean();

  public FleetCall(AgentBus bus, String sender, String collective, InstantSource clock) {
    this.bus = bus;
    this.sender = sender;
    this.collective = collective;
    this.clock = clock;
  }

  /**
   * Calls in a moment, in the background. A call that cannot be sent is made up at reconnection.
   */
  public void soon() {
    if (planned.compareAndSet(false, true)) {
      Thread.ofVirtual().name("fleet-call").start(this::call);
    }
  }

  private void call() {
    try {
      Thread.sleep(GATHER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      planned.set(false);
    }
    Instant now = clock.instant();
    String id = Ids.next(now);
    bus.publish(
        new Request(
            id,
            id,
            now,
            TTL,
            now.plus(TTL),
            sender,
            new Caller("bandmaster:" + sender, sender, "", List.of(), List.of()),
            collective,
            new Target.Broadcast("", ""),
            PresenceCall.CAPABILITY,
            PresenceCall.ACTION,
            JsonNodeFactory.instance.objectNode(),
            Delivery.LIVE,
            bus.replyTo(),
            "fleet-call"));
  }
}
