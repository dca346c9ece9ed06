package dev.bandmaster.backends.bus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks all nodes to describe themselves: after the bot was away, and when somebody is seen who has
 * not been introduced. Every node answers every call, so calls that follow one another are spaced
 * twice as far each time: a thousand nodes that join one by one are not asked a thousand times.
 */
final class PresenceCaller {

  /** Before the first call, so that the nodes of one moment are asked by one call. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** After so long without a call the next one is a first one again. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  private static final Duration TTL = Duration.ofSeconds(30);

  private final AgentBus bus;
  private final String sender;
  private final String collective;
  private final InstantSource clock;
  private final AtomicBoolean planned = new AtomicBoolean();
  private Duration pause = SHORTEST_PAUSE;
  private Instant called = Instant.EPOCH;

  PresenceCaller(AgentBus bus, String sender, String collective, InstantSource clock) {
    this.bus = bus;
    this.sender = sender;
    this.collective = collective;
    this.clock = clock;
  }

  /**
   * Calls in a moment, in the background. A call that cannot be sent is made up at reconnection.
   */
  void soon() {
    if (planned.compareAndSet(false, true)) {
      Thread.ofVirtual().name("fleet-call").start(this::call);
    }
  }

  /** Asks these nodes alone, in the background; to be used sparingly. */
  void ask(List<String> nodes) {
    Thread.ofVirtual().name("fleet-call").start(() -> publish(new Target.Nodes(nodes)));
  }

  private synchronized Duration nextPause() {
    Instant now = clock.instant();
    boolean first = called.plus(QUIET).isBefore(now);
    Duration next = first ? SHORTEST_PAUSE : pause;
    Duration doubled = next.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    called = now.plus(next);
    return next;
  }

  private void call() {
    try {
      Thread.sleep(nextPause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      planned.set(false);
    }
    publish(new Target.Broadcast("", ""));
  }

  private void publish(Target target) {
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
            target,
            PresenceCall.CAPABILITY,
            PresenceCall.ACTION,
            JsonNodeFactory.instance.objectNode(),
            Delivery.LIVE,
            bus.replyTo(),
            "fleet-call"));
  }
}
