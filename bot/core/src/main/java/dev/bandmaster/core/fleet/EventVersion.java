package dev.bandmaster.core.fleet;

import dev.bandmaster.model.EventStamp;

/**
 * Where in a node's life something was said: what has a greater mark was said later, whenever and
 * however often it arrives.
 *
 * @param incarnation grows with each start of the agent
 * @param sequence counts what one start of it said, from 1
 */
public record EventVersion(long incarnation, long sequence) implements Comparable<EventVersion> {
  /** Before anything was said. */
  public static final EventVersion NONE = new EventVersion(0, 0);

  public static EventVersion of(EventStamp stamp) {
    return new EventVersion(stamp.incarnation(), stamp.sequence());
  }

  public boolean isAfter(EventVersion other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(EventVersion other) {
    int byStart = Long.compare(incarnation, other.incarnation);
    return byStart != 0 ? byStart : Long.compare(sequence, other.sequence);
  }
}
