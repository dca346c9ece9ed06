package dev.bandmaster.bot.job;

import dev.bandmaster.wire.Reply;
import java.util.List;

/** What can happen to a job. */
public sealed interface JobEvent {

  /**
   * The broker has confirmed the request.
   *
   * @param absent nodes nobody listens for
   */
  record Dispatched(List<String> absent) implements JobEvent {
    public Dispatched {
      absent = List.copyOf(absent);
    }
  }

  /** The broker had nobody at all to give the request to. */
  record Unroutable(String reason) implements JobEvent {}

  /** The broker cannot be reached for now; it will be tried again until the deadline. */
  record Delayed(String reason) implements JobEvent {}

  /** A node said something. */
  record Replied(Reply reply) implements JobEvent {}

  /** The time the nodes had is over. */
  record DeadlinePassed() implements JobEvent {}
}
