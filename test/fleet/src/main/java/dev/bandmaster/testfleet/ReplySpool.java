package dev.bandmaster.testfleet;

import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies of an emulated node: in order, kept while the broker is away. What waits survives a
 * crash, as it does on the disk of a real agent. Any thread.
 */
final class ReplySpool {
  private static final Logger log = LoggerFactory.getLogger(ReplySpool.class);

  private record Parcel(String replyTo, TargetReport reply) {}

  private final NodeBus bus;
  private final String node;
  private final InstantSource clock;
  private final Deque<Parcel> waiting = new ArrayDeque<>();
  private long sequence;

  ReplySpool(NodeBus bus, String node, InstantSource clock) {
    this.bus = bus;
    this.node = node;
    this.clock = clock;
  }

  synchronized void send(String request, String replyTo, String boot, ReportBody body) {
    sequence++;
    waiting.add(
        new Parcel(
            replyTo, new TargetReport(request, node, boot, sequence, clock.instant(), body)));
    flush();
  }

  /** Sends what waits, as far as it goes. */
  synchronized void flush() {
    try {
      while (!waiting.isEmpty()) {
        Parcel next = waiting.getFirst();
        bus.reply(next.replyTo(), next.reply());
        waiting.removeFirst();
      }
    } catch (BusUnavailable away) {
      log.debug("{} replies of {} wait: {}", waiting.size(), node, away.getMessage());
    }
  }
}
