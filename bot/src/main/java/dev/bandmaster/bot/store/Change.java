package dev.bandmaster.bot.store;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.NodePublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * Something to be kept. What is decided is written as a list of changes, and the list is committed
 * as a whole or not at all; so no state exists without what the user is to be told of it.
 */
public sealed interface Change {

  /** A delivery from Slack is dealt with for good. */
  record Handled(String inboxId) implements Change {}

  /** A delivery could not be dealt with; it is kept for inspection and not tried again. */
  record Abandoned(String inboxId, String reason) implements Change {}

  /**
   * Slack is to show this.
   *
   * @param id identifies the item for ever; a second change with the same id redraws the first one
   */
  record Show(String id, Outbound item, Urgency urgency) implements Change {}

  /** A job begins. */
  record Open(Job job) implements Change {}

  /**
   * A job has gone on.
   *
   * @param touched the nodes whose part has changed
   */
  record Advance(Job job, Set<String> touched) implements Change {
    public Advance {
      touched = Set.copyOf(touched);
    }
  }

  /** Who did what, and what was decided. */
  record Note(AuditEntry entry) implements Change {}

  /** A node has described itself. */
  record Describe(NodeDescription description) implements Change {}

  /** A node was heard. */
  record Hear(
      String node, long incarnation, long sequence, Instant heard, Duration interval, boolean left)
      implements Change {}

  /** A node's key is trusted from now on. */
  record Trust(String node, NodePublicKey key, Instant since) implements Change {}

  /** A node's key is not trusted any more. */
  record Distrust(String node) implements Change {}

  /** This policy was good; it is what is used when the file is not. */
  record KeepPolicy(String name, String text, String hash) implements Change {}

  /** What is sent first when Slack lets only so much through. */
  enum Urgency {
    /** Finals, first posts, answers, approvals. */
    NOW(0),
    /** Everything that is better soon than late. */
    SOON(1),
    /** Progress; only the newest matters. */
    PROGRESS(2);

    private final int rank;

    Urgency(int rank) {
      this.rank = rank;
    }

    /** Its place in the order of sending, the most urgent being 0. */
    public int rank() {
      return rank;
    }

    public static Urgency ofRank(int rank) {
      return Arrays.stream(values())
          .filter(urgency -> urgency.rank == rank)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no urgency has the rank " + rank));
    }
  }
}
