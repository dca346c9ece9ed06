package dev.bandmaster.wire;

import dev.bandmaster.model.Bounds;
import java.util.List;

/**
 * On whose behalf a request is made; nodes may decide by it.
 *
 * @param principal who, by ids that nobody can choose: {@code slack:T…:U…}
 * @param name the person's name as shown, for logs only
 * @param channel the id of the channel in which it was asked
 * @param roles the roles that the policy gave to the caller
 * @param approvedBy principals who approved the request, in the order of their votes
 * @param aliases other principals under which the same person is known; a rule that names one of
 *     them means the caller
 * @param bypass whether it is an emergency, for which no approval was asked
 */
public record Caller(
    String principal,
    String name,
    String channel,
    List<String> roles,
    List<String> approvedBy,
    List<String> aliases,
    boolean bypass) {

  /** Aliases of one caller; more are not accepted. */
  public static final int MOST_ALIASES = 128;

  public Caller {
    Bounds.name(principal, "caller.principal");
    Bounds.nameOrEmpty(name, "caller.name");
    Bounds.nameOrEmpty(channel, "caller.channel");
    roles = List.copyOf(roles);
    approvedBy = List.copyOf(approvedBy);
    roles.forEach(role -> Bounds.name(role, "a role of the caller"));
    approvedBy.forEach(principalOfVote -> Bounds.name(principalOfVote, "an approver"));
    aliases = List.copyOf(aliases);
    if (aliases.size() > MOST_ALIASES) {
      throw new IllegalArgumentException("a caller has at most %d aliases".formatted(MOST_ALIASES));
    }
    aliases.forEach(alias -> Bounds.name(alias, "an alias of the caller"));
    if (bypass && !approvedBy.isEmpty()) {
      throw new IllegalArgumentException("what bypasses approval is approved by nobody");
    }
  }

  /** A caller who bypasses nothing. */
  public Caller(
      String principal,
      String name,
      String channel,
      List<String> roles,
      List<String> approvedBy,
      List<String> aliases) {
    this(principal, name, channel, roles, approvedBy, aliases, false);
  }

  /** A caller who is known under one principal only. */
  public Caller(
      String principal, String name, String channel, List<String> roles, List<String> approvedBy) {
    this(principal, name, channel, roles, approvedBy, List.of());
  }
}
