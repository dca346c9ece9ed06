package dev.bandmaster.engine.api;

import java.util.Optional;
import java.util.OptionalLong;

/** What became of a command that came by the API. */
public sealed interface ApiAnswer {

  /**
   * It was decided.
   *
   * @param outcome as in the audit: {@code allowed}, {@code asked}, {@code answered}, {@code done},
   *     {@code denied} or {@code refused}
   * @param job the number of the job it became
   * @param message the sentence or page that a person would read; of a job its message
   * @param confirm the command to send again, confirmed, where it has to be meant
   */
  record Decided(
      String id, String outcome, OptionalLong job, String message, Optional<String> confirm)
      implements ApiAnswer {}

  /** It is kept and not decided yet; the same request may be sent again to look. */
  record Pending(String id) implements ApiAnswer {}

  /** The key was used for another command. */
  record OtherCommand() implements ApiAnswer {}
}
