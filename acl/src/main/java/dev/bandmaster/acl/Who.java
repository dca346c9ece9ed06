package dev.bandmaster.acl;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * People, as a rule names them.
 *
 * @param anyone {@code "*"}: every member of the own workspace
 * @param users ids of single people of the own workspace
 * @param outsiders people of other organisations as {@code T…:U…}
 * @param groups ids of user groups
 * @param asWritten the words in the file, for sentences
 */
public record Who(
    boolean anyone,
    Set<String> users,
    Set<String> outsiders,
    Set<String> groups,
    List<String> asWritten) {
  public Who {
    users = Set.copyOf(users);
    outsiders = Set.copyOf(outsiders);
    groups = Set.copyOf(groups);
    asWritten = List.copyOf(asWritten);
  }

  /**
   * Whether the person gets a right by this: members by any way, guests and bots only by their own
   * id, people of other organisations only by team and id, deactivated accounts never.
   */
  public boolean grants(Principal principal) {
    return switch (principal.kind()) {
      case MEMBER -> anyone || users.contains(principal.user()) || sharesGroup(principal);
      case GUEST, BOT -> users.contains(principal.user());
      case EXTERNAL -> outsiders.contains(principal.team() + ":" + principal.user());
      case DEACTIVATED -> false;
    };
  }

  /** Whether the person loses a right by this: by any way, whatever the account. */
  public boolean forbids(Principal principal) {
    return anyone
        || users.contains(principal.user())
        || outsiders.contains(principal.team() + ":" + principal.user())
        || sharesGroup(principal);
  }

  private boolean sharesGroup(Principal principal) {
    return !Collections.disjoint(groups, principal.groups());
  }

  /** As in a sentence: {@code sre, U0ANN} or {@code everybody}. */
  public String inWords() {
    return anyone ? "everybody" : String.join(", ", asWritten);
  }
}
