package dev.bandmaster.core.job;

/**
 * What the rules are asked about: a right, and where it is to be used.
 *
 * @param permission the right's name, for instance {@code codeupdate} or {@code adhoc:uptime}
 * @param environment where, or empty
 * @param application on what, or empty
 */
public record Right(String permission, String environment, String application) {

  /** Another right in the same place. */
  public Right to(String otherPermission) {
    return new Right(otherPermission, environment, application);
  }
}
