package dev.bandmaster.testfleet;

import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.ReplyBody;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What an emulated agent says to a request. Called by many threads at the same time. */
@FunctionalInterface
public interface Behaviour {
  /**
   * Something to say after a wait.
   *
   * @param after how long after the step before
   */
  record Step(Duration after, ReplyBody body) {}

  /** The replies in their order, after {@code accepted}; empty for an agent that never answers. */
  List<Step> answer(NodeDescription node, Request request, RandomGenerator random);
}
