package dev.bandmaster.bot.node;

import dev.bandmaster.wire.Stamp;

/**
 * Where in a node's life something was said: what has a greater mark was said later, whenever and
 * however often it arrives.
 *
 * @param incarnation grows with each start of the agent
 * @param sequence counts what one start of it said, from 1
 */
public record Mark(long incarnation, long sequence) implements Comparable<Mark> {
  /** Before anything was said. */
  public static final Mark NONE = new Mark(0, 0);

  public static Mark of(Stamp stamp) {
    return new Mark(stamp.incarnation(), stamp.sequence());
  }

  public boolean isAfter(Mark other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Mark other) {
    int byStart = Long.compare(incarnation, other.incarnation);
    return byStart != 0 ? byStart : Long.compare(sequence, other.sequence);
  }
}
