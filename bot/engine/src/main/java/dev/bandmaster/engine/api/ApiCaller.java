package dev.bandmaster.engine.api;

import dev.bandmaster.core.chat.UserRef;

/**
 * Who calls the API.
 *
 * @param user whose rights count: a person, or a service of the configuration
 * @param credential what was shown, for the audit: {@code token 3} or {@code service ci}
 */
public record ApiCaller(UserRef user, String credential) {

  /** What tells its requests from those of all others. */
  public String principal() {
    return user.principal();
  }
}
