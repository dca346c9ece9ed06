package dev.bandmaster.slack;

import java.time.Duration;

/**
 * How long a token is kept that Slack refuses after it has worked.
 *
 * @param check how often Slack is asked while nothing else is; more than zero
 * @param hiccup for how long a refusal may be an accident, and what people want is kept
 * @param refusals so many in a row are needed to give the token up
 * @param lasting and so much time has to pass between the first and the last of them
 */
public record TokenPatience(Duration check, Duration hiccup, int refusals, Duration lasting) {

  /** Noticed within half a minute, and the end after minutes only. */
  public static final TokenPatience DEFAULT =
      new TokenPatience(Duration.ofSeconds(30), Duration.ofMinutes(1), 5, Duration.ofMinutes(5));

  public TokenPatience {
    if (!check.isPositive() || hiccup.isNegative() || refusals < 1 || lasting.isNegative()) {
      throw new IllegalArgumentException(
          "a token's patience has a positive check, at least one refusal and no negative time");
    }
  }
}
