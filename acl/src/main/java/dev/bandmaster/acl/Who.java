package dev.bandmaster.acl;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * People, as a rule names them.
 *
 * @param anyone {@code "*"}: every member of the own workspace
 * @param users ids of single people of the own workspace
 * @param outsiders people by workspace or organization and id, {@code T…:U…} or {@code E…:U…};
 *     people from other organizations can only be named this way. Programs too: {@code service:ci}
 * @param groups ids of user groups
 * @param asWritten as written in the file, for messages
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
   * id, people from other organizations only by team and id, deactivated accounts never. Any id of
   * the person will do.
   */
  public boolean grants(Principal principal) {
    return switch (principal.kind()) {
      case MEMBER -> anyone || names(principal) || sharesGroup(principal);
      case GUEST, BOT -> names(principal);
      case EXTERNAL -> namesQualified(principal);
      case DEACTIVATED -> false;
    };
  }

  /**
   * Whether the person loses a right by this: by any way, whatever the account. Where a person has
   * several ids and the rule names one of their user ids with a workspace that is not known to be
   * theirs, the person is meant: in doubt the right is lost.
   */
  public boolean forbids(Principal principal) {
    return anyone || names(principal) || sharesGroup(principal) || mayMean(principal);
  }

  private boolean names(Principal principal) {
    return (!users.isEmpty() && !Collections.disjoint(users, principal.userIds()))
        || namesQualified(principal);
  }

  private boolean namesQualified(Principal principal) {
    return !outsiders.isEmpty() && !Collections.disjoint(outsiders, principal.qualifiedIds());
  }

  private boolean mayMean(Principal principal) {
    if (outsiders.isEmpty() || principal.aliases().isEmpty()) {
      return false;
    }
    Set<String> ids = principal.userIds();
    return outsiders.stream().anyMatch(id -> ids.contains(id.substring(id.indexOf(':') + 1)));
  }

  private boolean sharesGroup(Principal principal) {
    return !Collections.disjoint(groups, principal.groups());
  }

  /** As in a sentence: {@code sre, U0ANN} or {@code everybody}. */
  public String inWords() {
    return anyone ? "everybody" : String.join(", ", asWritten);
  }
}
