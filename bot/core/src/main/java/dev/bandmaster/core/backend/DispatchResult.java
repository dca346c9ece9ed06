package dev.bandmaster.core.backend;

import java.util.List;
import java.util.Optional;

/** What became of a wave that was to be sent. Reasons are sentences for people. */
public sealed interface DispatchResult {

  /**
   * The backend has it.
   *
   * @param absent the named targets that cannot get it; empty when all were reached
   * @param handle by which the backend finds the work again after a restart, if it needs one
   */
  record Sent(List<String> absent, Optional<String> handle) implements DispatchResult {
    public Sent {
      absent = List.copyOf(absent);
    }
  }

  /** No target can get it; nothing happened and nothing will. */
  record Unroutable(String reason) implements DispatchResult {}

  /** It certainly did not arrive; sending again is safe. */
  record NotSent(String reason) implements DispatchResult {}

  /** It may have arrived. */
  record Unknown(String reason) implements DispatchResult {}
}
