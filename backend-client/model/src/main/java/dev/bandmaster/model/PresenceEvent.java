package dev.bandmaster.model;

import java.time.Duration;

/**
 * A node comes, is there, changes, goes. Leaving is not failing: a node that fails just falls
 * silent.
 */
public sealed interface PresenceEvent extends NodeEvent {
  /** The node is there and this is what it is. */
  record Join(EventStamp stamp, NodeDescription description) implements PresenceEvent {
    public Join {
      same(stamp, description);
    }
  }

  /**
   * A heartbeat.
   *
   * @param interval when to expect the next one; the watcher allows for delay
   * @param runningJobs requests that are running
   * @param factsHash a hash of the description, so that a watcher sees that it missed a change
   */
  record Alive(EventStamp stamp, Load load, Duration interval, int runningJobs, String factsHash)
      implements PresenceEvent {
    public Alive {
      Bounds.name(factsHash, "factsHash");
      if (interval.isNegative()
          || interval.isZero()
          || interval.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "interval is " + interval + "; it must be between 1 ms and 1 h");
      }
      if (runningJobs < 0) {
        throw new IllegalArgumentException("running is negative");
      }
    }
  }

  /** The description changed, or was requested. */
  record Update(EventStamp stamp, NodeDescription description) implements PresenceEvent {
    public Update {
      same(stamp, description);
    }
  }

  /** The agent was stopped on purpose and has finished what it was doing. */
  record Leave(EventStamp stamp) implements PresenceEvent {}

  private static void same(EventStamp stamp, NodeDescription description) {
    if (!stamp.node().equals(description.node()) || !stamp.env().equals(description.env())) {
      throw new IllegalArgumentException(
          "the description is for a different node or environment than the stamp");
    }
  }
}
