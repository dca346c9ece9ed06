package dev.bandmaster.simulator.workspace;

import java.util.Locale;

/**
 * Somebody who can type.
 *
 * @param id the user id; {@code U…}, or {@code W…} for people of other organisations
 * @param name the handle, lower case, what is typed after {@code @}
 * @param realName the name people see
 * @param teamId the team the person belongs to: for externals not the workspace's own
 * @param standing what the person is to the workspace
 */
public record Person(String id, String name, String realName, String teamId, Standing standing) {
  public Person {
    Checks.text("person's id", id);
    Checks.text("person's name", name);
    Checks.text("person's team", teamId);
    if (!name.equals(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("The person's name '" + name + "' must be lower case.");
    }
  }

  /** The same person, being something else to the workspace. */
  public Person withStanding(Standing other) {
    return new Person(id, name, realName, teamId, other);
  }

  /** The same person under another real name. */
  public Person withRealName(String other) {
    return new Person(id, name, other, teamId, standing);
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
