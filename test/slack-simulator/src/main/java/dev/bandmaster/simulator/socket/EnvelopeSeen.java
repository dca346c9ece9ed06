package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an envelope so far.
 *
 * @param type what it carries
 * @param payload what it says
 * @param created when it came to be
 * @param sendings every attempt, oldest first
 * @param acknowledged when it was acknowledged, or null
 * @param response what the acknowledgement carried, or null
 */
public record EnvelopeSeen(
    EnvelopeType type,
    ObjectNode payload,
    Instant created,
    List<Sending> sendings,
    @Nullable Instant acknowledged,
    @Nullable JsonNode response) {
  private static final double NANOS_A_MILLI = 1e6;

  public EnvelopeSeen {
    sendings = List.copyOf(sendings);
  }

  /** Milliseconds between the last attempt and the acknowledgement, if there was one. */
  public Optional<Double> millis() {
    if (acknowledged == null || sendings.isEmpty()) {
      return Optional.empty();
    }
    Duration taken = Duration.between(sendings.getLast().at(), acknowledged);
    return Optional.of(taken.toNanos() / NANOS_A_MILLI);
  }
}
