package dev.bandmaster.wire;

import dev.bandmaster.model.Boots;
import dev.bandmaster.model.EventStamp;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers the events of one start of an agent. Any thread. */
public final class Stamps {
  private final String node;
  private final String env;
  private final String boot;
  private final long incarnation;
  private final InstantSource clock;
  private final AtomicLong sequence = new AtomicLong();

  /**
   * Begins at 1.
   *
   * @param boot from {@link Boots}, new at each start of the agent
   * @param incarnation larger than at any earlier start; the clock's milliseconds at the start will
   *     do
   */
  public Stamps(String node, String env, String boot, long incarnation, InstantSource clock) {
    this.node = node;
    this.env = env;
    this.boot = boot;
    this.incarnation = incarnation;
    this.clock = clock;
  }

  public String boot() {
    return boot;
  }

  public EventStamp next() {
    return new EventStamp(
        node, env, boot, incarnation, sequence.incrementAndGet(), clock.instant());
  }
}
