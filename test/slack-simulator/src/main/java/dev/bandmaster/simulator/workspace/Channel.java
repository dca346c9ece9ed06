package dev.bandmaster.simulator.workspace;

import java.util.Set;

/**
 * A channel as it is when the simulator starts.
 *
 * @param id the channel id, for example {@code C0OPS}
 * @param name the name without {@code #}
 * @param traits what is special about it; empty for an ordinary public channel
 * @param members ids of the people and the bot in it
 * @param host the team that created the channel and shares it, or empty for the workspace itself
 */
public record Channel(String id, String name, Set<Trait> traits, Set<String> members, String host) {
  /** A channel that the workspace created. */
  public Channel(String id, String name, Set<Trait> traits, Set<String> members) {
    this(id, name, traits, members, "");
  }

  public Channel {
    Checks.text("channel id", id);
    Checks.text("channel name", name);
    traits = Set.copyOf(traits);
    members = Set.copyOf(members);
  }

  /** What can be special about a channel. */
  public enum Trait {
    /** Only members see it. */
    PRIVATE,
    /** Nobody may post any more. */
    ARCHIVED,
    /** Shared with another organisation. */
    SHARED
  }
}
