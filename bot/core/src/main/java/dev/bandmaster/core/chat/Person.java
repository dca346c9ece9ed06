package dev.bandmaster.core.chat;

import java.util.Set;

/**
 * What is known of a sender.
 *
 * @param sender the canonical ids: whatever ids the person acted under, these are the same
 * @param name the name to show; never a key
 * @param kind what sort of account it is
 * @param groups ids of the user groups the person belongs to
 * @param aliases the same person's other ids; what was stored before may stand under them
 */
public record Person(
    UserRef sender, String name, Kind kind, Set<String> groups, Set<UserRef> aliases) {

  /** The sort of account, decided by the workspace, not by the person. */
  public enum Kind {
    MEMBER,
    GUEST,
    EXTERNAL,
    BOT,
    DEACTIVATED
  }

  public Person {
    groups = Set.copyOf(groups);
    aliases = Set.copyOf(aliases);
  }

  /** Somebody with one id only. */
  public Person(UserRef sender, String name, Kind kind, Set<String> groups) {
    this(sender, name, kind, groups, Set.of());
  }
}
