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

  /** Stands where a person has a workspace; no chat service has a workspace with such an id. */
  private static final String SERVICE = "service";

  /** A program that uses the API under a name of its own, such as {@code ci}. */
  public static UserRef service(String name) {
    return new UserRef(SERVICE, name);
  }

  /** Whether it is a program and not a person. */
  public boolean isService() {
    return team.equals(SERVICE);
  }

  /**
   * The form in which a person, {@code slack:T…:U…}, or a program, {@code service:ci}, is named on
   * the bus and in the audit.
   */
  public String principal() {
    return (isService() ? "" : PREFIX) + team + ":" + user;
  }

  /**
   * The ids in a {@link #principal}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static UserRef ofPrincipal(String principal) {
    String[] parts = principal.split(":", -1);
    if (parts.length == 2 && parts[0].equals(SERVICE)) {
      return service(parts[1]);
    }
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
