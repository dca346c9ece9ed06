package dev.bandmaster.benchmark.chaos;

import java.time.Instant;
import java.util.Set;

/**
 * A command that was typed.
 *
 * @param command names it; what the nodes write down where it changes something
 * @param person who typed it, in the DM with the bot
 * @param question the timestamp of the message
 * @param at when
 * @param targets the nodes on which it changes something
 */
record Typed(String command, String person, String question, Instant at, Set<String> targets) {
  Typed {
    targets = Set.copyOf(targets);
  }

  /** The conversation it stands in. */
  String channel() {
    return "@" + person;
  }
}
