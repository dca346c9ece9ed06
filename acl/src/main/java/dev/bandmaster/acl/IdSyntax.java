package dev.bandmaster.acl;

import java.util.regex.Pattern;

/**
 * What the ids of a chat service look like. A policy names people, groups and channels by id, and
 * the person who reads the policy gives the syntax; so this module knows no chat service.
 *
 * @param user the id of a person
 * @param group the id of a user group
 * @param channel the id of a channel
 * @param workspace the id of a workspace or organization, by which people of others are named
 */
public record IdSyntax(Form user, Form group, Form channel, Form workspace) {

  /**
   * What one kind of id looks like. Two kinds must have no id in common, or a policy could mean the
   * wrong one.
   *
   * @param pattern matches the whole id
   * @param example how the id is shown in an error message, such as {@code U…}
   */
  public record Form(Pattern pattern, String example) {

    /** The form of the ids that match a regular expression. */
    public static Form of(String regex, String example) {
      return new Form(Pattern.compile(regex), example);
    }

    /** Whether this is such an id. */
    public boolean matches(String id) {
      return pattern.matcher(id).matches();
    }
  }

  /** Whether it names a person of another workspace: {@code <workspace>:<user>}. */
  public boolean isOutsider(String id) {
    int colon = id.indexOf(':');
    return colon >= 0
        && workspace.matches(id.substring(0, colon))
        && user.matches(id.substring(colon + 1));
  }

  /** How somebody of another workspace is shown in an error message. */
  String outsider() {
    return workspace.example() + ":" + user.example();
  }
}
