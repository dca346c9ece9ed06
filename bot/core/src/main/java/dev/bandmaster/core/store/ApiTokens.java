package dev.bandmaster.core.store;

import java.util.List;
import java.util.Optional;

/** The tokens with which people use the API. Those that are over are kept too. */
public interface ApiTokens {

  /** A number no other token has. */
  long nextNumber();

  /** The token with this hash, whether or not it is still valid. */
  Optional<ApiToken> byHash(String hash);

  Optional<ApiToken> byNumber(long number);

  /** One person's tokens that are not revoked, under whichever of their ids, the newest first. */
  List<ApiToken> of(String principal, int limit);

  /** All tokens that are not revoked, the newest first. */
  List<ApiToken> all(int limit);
}
