package dev.bandmaster.acl;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who asks, by ids: names change and can be taken, ids cannot.
 *
 * @param team id of the workspace the person belongs to, {@code T…}, or of its organization, {@code
 *     E…}
 * @param user the person's id, {@code U…} or {@code W…}
 * @param groups ids of the user groups the person is in, {@code S…}
 * @param groupsAsOf when the groups were last learnt, if they were
 * @param aliases the same person's other ids, each {@code T…:U…}: in an organization with many
 *     workspaces one person has an id of the organization and one in each workspace
 */
public record Principal(
    String team,
    String user,
    Set<String> groups,
    Kind kind,
    Optional<Instant> groupsAsOf,
    Set<String> aliases) {

  /** The sort of account. Only members have rights by rules that do not name them. */
  public enum Kind {
    MEMBER,
    GUEST,
    /** Belongs to another organization. */
    EXTERNAL,
    BOT,
    DEACTIVATED
  }

  public Principal {
    groups = Set.copyOf(groups);
    aliases = Set.copyOf(aliases);
  }

  /** A person with one id only. */
  public Principal(
      String team, String user, Set<String> groups, Kind kind, Optional<Instant> groupsAsOf) {
    this(team, user, groups, kind, groupsAsOf, Set.of());
  }

  /** A person whose groups were learnt at a moment nobody noted. */
  public static Principal of(String team, String user, Set<String> groups, Kind kind) {
    return new Principal(team, user, groups, kind, Optional.empty());
  }

  /** The same person with these additional ids. */
  public Principal alsoKnownAs(Set<String> others) {
    return new Principal(team, user, groups, kind, groupsAsOf, others);
  }

  /** All ids of the person, each with its workspace: {@code T…:U…}. */
  Set<String> qualifiedIds() {
    Set<String> ids = new HashSet<>(aliases);
    ids.add(team + ":" + user);
    return ids;
  }

  /** All user ids of the person. */
  Set<String> userIds() {
    return qualifiedIds().stream()
        .map(id -> id.substring(id.indexOf(':') + 1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
