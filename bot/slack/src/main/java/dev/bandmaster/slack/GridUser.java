package dev.bandmaster.slack;

import com.slack.api.model.User;
import dev.bandmaster.core.chat.UserRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Under which ids Slack knows a user: in an organization (Enterprise Grid) one person is in several
 * workspaces, and payloads name the person with any of them, or with the organization.
 *
 * @param user as {@code users.info} describes the user
 * @param self who the bot is
 */
record GridUser(User user, SlackIdentity.Self self) {

  /** Other ids that are kept of a person; few people are in more than a handful of workspaces. */
  static final int MOST_ALIASES = 64;

  /**
   * Whether the user is one of ours, as far as workspaces tell: by the ids that the payload claims
   * and by Slack's word, since both have to say so.
   */
  boolean isOurs(UserRef claimed) {
    return isOurs(claimed.team()) && isOurs(Objects.requireNonNullElse(user.getTeamId(), ""));
  }

  private boolean isOurs(String team) {
    if (self.enterprise().isEmpty()) {
      return team.equals(self.team());
    }
    User.EnterpriseUser known = user.getEnterpriseUser();
    if (known == null) {
      return team.equals(self.team()) || team.equals(self.enterprise());
    }
    Set<String> teams = teams(known);
    return self.enterprise().equals(known.getEnterpriseId())
        && (self.orgWide() || teams.contains(self.team()))
        && (team.equals(self.enterprise()) || team.equals(self.team()) || teams.contains(team));
  }

  /**
   * The one id of a user that is ours: with the organization where there is one, otherwise with the
   * workspace.
   */
  UserRef canonical(UserRef claimed) {
    if (self.enterprise().isEmpty()) {
      return new UserRef(self.team(), claimed.user());
    }
    User.EnterpriseUser known = user.getEnterpriseUser();
    String own = Objects.requireNonNullElse(user.getId(), claimed.user());
    return new UserRef(
        self.enterprise(), known == null ? own : Objects.requireNonNullElse(known.getId(), own));
  }

  /** All user ids of the user. */
  Set<String> userIds(UserRef claimed) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(claimed.user());
    add(ids, user.getId());
    User.EnterpriseUser known = user.getEnterpriseUser();
    if (known != null) {
      add(ids, known.getId());
    }
    return ids;
  }

  /** The other ids of a user that is ours; those that are the likeliest to be met come first. */
  Set<UserRef> aliases(UserRef claimed) {
    if (self.enterprise().isEmpty()) {
      return Set.of();
    }
    List<UserRef> all = new ArrayList<>();
    for (String team : knownTeams(claimed)) {
      userIds(claimed).forEach(id -> all.add(new UserRef(team, id)));
    }
    all.remove(canonical(claimed));
    return Set.copyOf(all.subList(0, Math.min(all.size(), MOST_ALIASES)));
  }

  /** The ids under which a person of another organization may be named in the policy. */
  Set<UserRef> foreignIds(UserRef claimed) {
    Set<UserRef> all = new LinkedHashSet<>();
    for (String id : userIds(claimed)) {
      all.add(new UserRef(claimed.team(), id));
      all.add(new UserRef(Objects.requireNonNullElse(user.getTeamId(), claimed.team()), id));
    }
    all.remove(claimed);
    return Set.copyOf(all);
  }

  private Set<String> knownTeams(UserRef claimed) {
    Set<String> teams = new LinkedHashSet<>();
    add(teams, claimed.team());
    add(teams, self.team());
    add(teams, self.enterprise());
    add(teams, user.getTeamId());
    User.EnterpriseUser known = user.getEnterpriseUser();
    if (known != null) {
      teams.addAll(new TreeSet<>(teams(known)));
    }
    return teams;
  }

  private static Set<String> teams(User.EnterpriseUser user) {
    return user.getTeams() == null ? Set.of() : Set.copyOf(user.getTeams());
  }

  private static void add(Set<String> ids, @Nullable String id) {
    if (id != null && !id.isEmpty()) {
      ids.add(id);
    }
  }
}
