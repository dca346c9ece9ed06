package dev.bandmaster.agent.intake;

import dev.bandmaster.wire.Request;

/** One question that a request has to pass before it is run. */
@FunctionalInterface
interface Stage {

  /**
   * Judges a request. What it throws refuses the request.
   *
   * @throws Exception when it cannot decide
   */
  Verdict check(Request request) throws Exception;
}
