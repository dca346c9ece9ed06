package dev.bandmaster.bot.store;

import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.NodePublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is remembered of the nodes from one start to the next. */
public interface Nodes {

  List<Remembered> all();

  /** The keys of the nodes that are trusted. */
  Map<String, NodePublicKey> trusted();

  /** A node as it was last known. */
  record Remembered(
      NodeDescription description,
      long incarnation,
      long sequence,
      Instant heard,
      Duration interval,
      boolean left) {}
}
