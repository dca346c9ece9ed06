package dev.bandmaster.model;

import java.time.Instant;

/**
 * Who sent an event and when in the sender's life: enough for a receiver to apply events in any
 * order, and twice, and still arrive at the same view.
 *
 * @param boot which start of the agent, from {@link Boots}
 * @param incarnation grows with each start, so that a late event of an earlier life is known as
 *     such
 * @param sequence counts the events of one boot, from 1
 */
public record EventStamp(
    String node, String env, String boot, long incarnation, long sequence, Instant sentAt) {
  public EventStamp {
    NodeName.require(node);
    Bounds.name(env, "env");
    Bounds.name(boot, "boot");
  }
}
