package dev.bandmaster.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tokens with which nodes join without a person. Those that are over are kept too. */
public interface EnrolmentTokens {

  /** A number no other token has. */
  long nextNumber();

  /** The tokens that let another node in at that time, the newest first. */
  List<EnrolmentToken> valid(Instant now, int limit);

  Optional<EnrolmentToken> byNumber(long number);

  /** The token with this hash, whether or not it is still valid. */
  Optional<EnrolmentToken> byHash(String hash);
}
