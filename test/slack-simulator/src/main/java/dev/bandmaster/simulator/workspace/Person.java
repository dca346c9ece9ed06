package dev.bandmaster.simulator.workspace;

import java.util.Locale;
import java.util.Set;

/**
 * Somebody who can type.
 *
 * @param id the user id; {@code U…}, or {@code W…} for people of other organisations
 * @param name the handle, lower case, what is typed after {@code @}
 * @param realName the name people see
 * @param teamId the team the person belongs to: for externals not the workspace's own
 * @param standing what the person is to the workspace
 * @param teams the workspaces of the organization that the person is in; empty where there is only
 *     their own
 * @param enterpriseUserId the person's id in the organization, which is the same as the id for most
 */
public record Person(
    String id,
    String name,
    String realName,
    String teamId,
    Standing standing,
    Set<String> teams,
    String enterpriseUserId) {
  public Person {
    teams = Set.copyOf(teams);
    Checks.text("person's id in the organization", enterpriseUserId);
    Checks.text("person's id", id);
    Checks.text("person's name", name);
    Checks.text("person's team", teamId);
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("The person's name '" + name + "' must be lower case.");
    }
  }

  /** Somebody who is in one workspace. */
  public Person(String id, String name, String realName, String teamId, Standing standing) {
    this(id, name, realName, teamId, standing, Set.of(), id);
  }

  /** The same person, in these workspaces of the organization. */
  public Person in(Set<String> workspaces) {
    return new Person(id, name, realName, teamId, standing, workspaces, enterpriseUserId);
  }

  /** The same person, described with this team. */
  public Person of(String team) {
    return new Person(id, name, realName, team, standing, teams, enterpriseUserId);
  }

  /** The same person, whose id in the organization is this one. */
  public Person withEnterpriseUserId(String other) {
    return new Person(id, name, realName, teamId, standing, teams, other);
  }

  /** The same person, being something else to the workspace. */
  public Person withStanding(Standing other) {
    return new Person(id, name, realName, teamId, other, teams, enterpriseUserId);
  }

  /** The same person under another real name. */
  public Person withRealName(String other) {
    return new Person(id, name, other, teamId, standing, teams, enterpriseUserId);
  }

  /** The id of this person's direct conversation with the bot: {@code U0ANN} has {@code D0ANN}. */
  public String directMessageId() {
    return "D" + id.substring(1);
  }

  /** What a person is to the workspace. */
  public enum Standing {
    /** An ordinary member. */
    MEMBER,
    /** A member who may invite and configure. */
    ADMIN,
    /** A guest of several channels ({@code is_restricted}). */
    GUEST,
    /** A guest of one channel ({@code is_restricted} and {@code is_ultra_restricted}). */
    SINGLE_CHANNEL_GUEST,
    /** Somebody of another team who shares a channel ({@code is_stranger}). */
    EXTERNAL,
    /** A former member ({@code deleted}). */
    DEACTIVATED
  }
}
