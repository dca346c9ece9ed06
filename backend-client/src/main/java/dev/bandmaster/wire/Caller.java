package dev.bandmaster.wire;

import java.util.List;

/**
 * On whose behalf a request is made; nodes may decide by it.
 *
 * @param principal who, by ids that nobody can choose: {@code slack:T…:U…}
 * @param name the person's name as shown, for logs only
 * @param channel the id of the channel in which it was asked
 * @param roles the roles that the policy gave to the caller
 * @param approvedBy principals who approved the request, in the order of their votes
 */
public record Caller(
    String principal, String name, String channel, List<String> roles, List<String> approvedBy) {
  public Caller {
    Text.name(principal, "caller.principal");
    Text.nameOrEmpty(name, "caller.name");
    Text.nameOrEmpty(channel, "caller.channel");
    roles = List.copyOf(roles);
    approvedBy = List.copyOf(approvedBy);
    roles.forEach(role -> Text.name(role, "a role of the caller"));
    approvedBy.forEach(principalOfVote -> Text.name(principalOfVote, "an approver"));
  }
}
