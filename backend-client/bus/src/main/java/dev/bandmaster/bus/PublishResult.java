package dev.bandmaster.bus;

import java.util.List;

/** What became of a request that was to be sent. */
public sealed interface PublishResult {
  /**
   * The broker has it.
   *
   * @param absent the nodes among those named for which nobody listens; empty when all were reached
   */
  record Sent(List<String> absent) implements PublishResult {
    public Sent {
      absent = List.copyOf(absent);
    }
  }

  /** Nobody at all listens for it; nothing happened and nothing will. */
  record Unroutable(String reason) implements PublishResult {}

  /** It certainly did not reach the broker; sending again is safe. */
  record NotSent(String reason) implements PublishResult {}

  /**
   * The connection broke at the wrong moment: it may have arrived. Sending the same id again is
   * safe.
   */
  record Unknown(String reason) implements PublishResult {}
}
