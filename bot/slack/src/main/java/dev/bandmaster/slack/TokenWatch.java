package dev.bandmaster.slack;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Slack accepts a token, as its answers show. A refusal is final at once only while the
 * token has never worked, for then it is a mistake in the configuration. A token that has worked
 * may be refused for a moment, so later it takes several refusals in a row over minutes; and what
 * ends by itself is waited for without an end. Safe for use by many threads.
 */
final class TokenWatch implements SlackCalls.Observer {

  private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);

  /**
   * Slack does not accept the token now.
   *
   * @param reason a sentence with Slack's error code and what to do
   * @param brief whether it may still be an accident that passes
   * @param hopeless whether there is no more use in waiting
   */
  record Refusal(String reason, boolean brief, boolean hopeless) {}

  private final String token;
  private final Predicate<String> refuses;
  private final TokenPatience patience;
  private final InstantSource clock;
  private boolean accepted;
  private int refusals;
  private Instant since = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private String error = "";

  /**
   * A watch over one token.
   *
   * @param token what it is, for people
   * @param refuses whether an error code is a refusal of the token and not of what was asked
   */
  TokenWatch(String token, Predicate<String> refuses, TokenPatience patience, InstantSource clock) {
    this.token = token;
    this.refuses = refuses;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public synchronized void answered(String code) {
    if (!refuses.test(code)) {
      if (refusals > 0) {
        LOG.info("Slack accepts {} again.", token);
      }
      accepted = true;
      refusals = 0;
      return;
    }
    Instant now = clock.instant();
    if (refusals == 0) {
      since = now;
      LOG.error("{}", reason(code));
    }
    refusals++;
    last = now;
    error = code;
  }

  /** What is wrong with the token now; empty if Slack accepts it, or has not been asked yet. */
  synchronized Optional<Refusal> refusal() {
    return refusals == 0
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                reason(error),
                clock.instant().isBefore(since.plus(patience.hiccup())),
                isHopeless()));
  }

  private boolean isHopeless() {
    boolean often =
        refusals >= patience.refusals() && !last.isBefore(since.plus(patience.lasting()));
    return !FatalErrors.passes(error) && (!accepted || often);
  }

  private String reason(String code) {
    return "Slack does not accept "
        + token
        + " ("
        + code
        + "). "
        + FatalErrors.remedy(code).orElse("");
  }
}
