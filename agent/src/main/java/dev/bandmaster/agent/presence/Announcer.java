package dev.bandmaster.agent.presence;

import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.FaultLog;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.wire.Stamps;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this node's events, stamped. Events are news: one that cannot be sent is dropped, since the
 * next one says more. Any thread.
 */
public final class Announcer {

  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private final FaultLog faults = new FaultLog(LOG);
  private final NodeBus bus;
  private final Stamps stamps;

  /** An announcer for one start of the agent. */
  public Announcer(NodeBus bus, Stamps stamps) {
    this.bus = bus;
    this.stamps = stamps;
  }

  /** Sends the event made from the next stamp; false when the broker is away. */
  public boolean announce(Function<EventStamp, NodeEvent> event) {
    try {
      bus.announce(event.apply(stamps.next()));
      return true;
    } catch (BusUnavailable e) {
      LOG.debug("Cannot announce an event: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      // The caller has more important things to do.
      faults.failed("Announcing an event", e);
      return false;
    }
  }
}
