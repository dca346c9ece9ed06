package dev.bandmaster.bot.chat;

import java.util.Set;

/**
 * What is known of a sender.
 *
 * @param sender the ids
 * @param name the name to show; never a key
 * @param kind what sort of account it is
 * @param groups ids of the user groups the person belongs to
 */
public record Person(Sender sender, String name, Kind kind, Set<String> groups) {

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
  }
}
