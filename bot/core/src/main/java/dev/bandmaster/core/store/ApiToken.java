package dev.bandmaster.core.store;

import dev.bandmaster.core.chat.UserRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A token with which a person uses the API. The token itself is not kept, only its hash.
 *
 * @param number what people call it by
 * @param owner whose rights it gives
 * @param ownerName the name to show
 * @param label what it is for, in the owner's words
 * @param hash SHA-256 of the token in hexadecimal digits
 * @param created when it was made
 * @param expires from when on it is not taken any more
 * @param used when it was used last, to the minute
 * @param revoked when it was revoked
 */
public record ApiToken(
    long number,
    UserRef owner,
    String ownerName,
    String label,
    String hash,
    Instant created,
    Instant expires,
    Optional<Instant> used,
    Optional<Instant> revoked) {

  /** Whether it is taken now. */
  public boolean isValid(Instant now) {
    return revoked.isEmpty() && now.isBefore(expires);
  }

  @Override
  public String toString() {
    return "token " + number + " of " + owner.principal();
  }
}
