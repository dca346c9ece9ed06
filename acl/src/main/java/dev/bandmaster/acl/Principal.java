package dev.bandmaster.acl;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, by ids: names change and can be taken, ids cannot.
 *
 * @param team id of the workspace the person belongs to, {@code T…}
 * @param user the person's id, {@code U…} or {@code W…}
 * @param groups ids of the user groups the person is in, {@code S…}
 * @param groupsAsOf when the groups were last learnt, if they were
 */
public record Principal(
    String team, String user, Set<String> groups, Kind kind, Optional<Instant> groupsAsOf) {

  /** The sort of account. Only members have rights by rules that do not name them. */
  public enum Kind {
    MEMBER,
    GUEST,
    /** Belongs to another organisation. */
    EXTERNAL,
    BOT,
    DEACTIVATED
  }

  public Principal {
    groups = Set.copyOf(groups);
  }

  /** A person whose groups were learnt at a moment nobody noted. */
  public static Principal of(String team, String user, Set<String> groups, Kind kind) {
    return new Principal(team, user, groups, kind, Optional.empty());
  }
}
