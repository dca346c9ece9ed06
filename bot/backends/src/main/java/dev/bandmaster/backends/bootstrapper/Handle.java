package dev.bandmaster.backends.bootstrapper;

import java.util.Optional;

/** What a job stores of a wave that was sent, so that it is found again after a restart. */
sealed interface Handle {
  /** Its result is asked for by this id of the service. */
  record Job(String id) implements Handle {}

  /** The service answered with the outcome itself. */
  record Outcome(boolean good, String text) implements Handle {}

  /** As it is stored. */
  default String write() {
    return switch (this) {
      case Job(String id) -> "job " + id;
      case Outcome(boolean good, String text) -> (good ? "good " : "bad ") + text;
    };
  }

  /** What was stored; empty if it is nothing that {@link #write} wrote. */
  static Optional<Handle> read(String stored) {
    int blank = stored.indexOf(' ');
    String rest = stored.substring(blank + 1);
    return switch (blank < 0 ? "" : stored.substring(0, blank)) {
      case "job" -> Optional.of(new Job(rest));
      case "good" -> Optional.of(new Outcome(true, rest));
      case "bad" -> Optional.of(new Outcome(false, rest));
      default -> Optional.empty();
    };
  }
}
