package dev.bandmaster.simulator.world;

import java.util.Set;

/**
 * A channel or direct conversation as it is now.
 *
 * @param id its id
 * @param name its name; for a direct conversation the person's
 * @param kind what sort of conversation it is
 * @param archived whether posting has ended
 * @param shared whether another organisation is in it
 * @param members ids of the people and the bot in it
 * @param host the team that created it and shares it, or empty for the workspace itself
 */
public record Conversation(
    String id,
    String name,
    Kind kind,
    boolean archived,
    boolean shared,
    Set<String> members,
    String host) {
  public Conversation {
    members = Set.copyOf(members);
  }

  /** What sort of conversation it is. */
  public enum Kind {
    PUBLIC("channel", "channels"),
    PRIVATE("group", "groups"),
    DIRECT("im", "im");

    private final String type;
    private final String family;

    Kind(String type, String family) {
      this.type = type;
      this.family = family;
    }

    /** The {@code channel_type} of its events. */
    public String type() {
      return type;
    }

    /**
     * What scopes and events about it are called after: {@code channels}, {@code groups}, {@code
     * im}.
     */
    public String family() {
      return family;
    }
  }
}
