package dev.bandmaster.agent.intake;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.wire.Request;
import java.time.Instant;
import java.time.InstantSource;

/** A request that nobody waits for anymore is not started. */
final class InTime implements Stage {

  private final InstantSource clock;

  InTime(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Verdict check(Request request) {
    Instant now = clock.instant();
    return now.isBefore(request.deadline())
        ? Verdict.pass()
        : new Verdict.Refuse(
            FinalCode.EXPIRED,
            "It arrived after its deadline (" + request.deadline() + "), so it was not run.");
  }
}
