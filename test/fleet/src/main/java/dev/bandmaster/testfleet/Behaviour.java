package dev.bandmaster.testfleet;

import dev.bandmaster.model.ReportBody;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an emulated agent does about a request that it runs. Called by many threads at the same
 * time.
 */
@FunctionalInterface
public interface Behaviour {
  /** What happens next, after a wait. While it waits, the agent gives its signs of life. */
  sealed interface Step {
    /** How long after the step before. */
    Duration after();

    /** The agent says something. */
    record Say(Duration after, ReportBody body) implements Step {}

    /**
     * The agent is killed and comes back in a new life. What it was running is reported as lost.
     *
     * @param away how long until it is back; what is sent to it meanwhile is lost
     * @param end the end that this request had got as far as the disk, but not as far as the
     *     broker: the next life reports it
     */
    record Crash(Duration after, Duration away, Optional<ReportBody.Final> end) implements Step {}
  }

  /**
   * What happens, in its order. Without a final at its end the agent hangs: it gives no further
   * sign of this request until it is cancelled.
   */
  List<Step> answer(EmulatedNode node, Request request, RandomGenerator random);

  /** Whether the agent so much as takes note of a request. */
  default boolean receives(EmulatedNode node, Request request) {
    return true;
  }
}
