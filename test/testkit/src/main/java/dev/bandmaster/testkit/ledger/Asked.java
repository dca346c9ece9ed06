package dev.bandmaster.testkit.ledger;

import java.time.Instant;
import java.util.Set;

/**
 * A command that a person gave.
 *
 * @param command names it and nothing else, in the whole run
 * @param at when it was typed
 * @param acknowledged whether Slack was told that it has arrived; only then anything is promised
 * @param targets the nodes on which it changes something; empty where it changes nothing
 */
public record Asked(String command, Instant at, boolean acknowledged, Set<String> targets) {
  public Asked {
    targets = Set.copyOf(targets);
  }
}
