package dev.bandmaster.core.chat;

/**
 * Who a payload came from, as the chat's own ids; names are never keys. In an organization with
 * many workspaces one person has several such pairs; the canonical one has the organization's id.
 *
 * @param team the sender's own workspace, not the one the event was delivered to
 * @param user the user id
 */
public record UserRef(String team, String user) {
  private static final String PREFIX = "slack:";

  /** The form in which a person is named on the bus and in the audit. */
  public String principal() {
    return PREFIX + team + ":" + user;
  }

  /**
   * The ids in a {@link #principal}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static UserRef ofPrincipal(String principal) {
    String[] parts = principal.split(":", -1);
    if (parts.length != 3 || !principal.startsWith(PREFIX)) {
      throw new IllegalArgumentException("no principal of the chat: " + principal);
    }
    return new UserRef(parts[1], parts[2]);
  }

  /**
   * Whether both may be the same human. A user id is one person's, whatever workspace it comes
   * with; so this may only ever keep a right from somebody, never give one.
   */
  public boolean maybeSame(UserRef other) {
    return user.equals(other.user);
  }
}
