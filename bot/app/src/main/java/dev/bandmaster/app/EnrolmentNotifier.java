package dev.bandmaster.app;

import dev.bandmaster.engine.fleet.EnrolmentListener;
import dev.bandmaster.plugin.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Says in the operators' channel which nodes ask to be trusted, and what to compare. */
final class EnrolmentNotifier implements EnrolmentListener {
  private final Consumer<String> operators;
  private final Function<String, Optional<Instant>> lastSeen;
  private final InstantSource clock;

  EnrolmentNotifier(
      Consumer<String> operators,
      Function<String, Optional<Instant>> lastSeen,
      InstantSource clock) {
    this.operators = operators;
    this.lastSeen = lastSeen;
    this.clock = clock;
  }

  @Override
  public void asks(String node, String fingerprint) {
    operators.accept(
        "%s wants to join, fingerprint %s. Compare it with the agent's log, then say 'fleet accept %s %s' or 'fleet reject %s'."
            .formatted(node, fingerprint, node, fingerprint, node));
  }

  @Override
  public void tokenRefused(String node, String fingerprint, String reason) {
    operators.accept(
        "%s wants to join, and its enrolment token %s. Its fingerprint is %s. Give it another token, or compare with the agent's log and say 'fleet accept %s %s' or 'fleet reject %s'."
            .formatted(node, reason, fingerprint, node, fingerprint, node));
  }

  @Override
  public void conflicts(String node, String fingerprint) {
    operators.accept(
        "A second key was shown under the name %s, fingerprint %s. At most one of them is the server's. Compare with the agent's log, then say 'fleet accept %s <fingerprint>'. To list both: 'fleet pending'."
            .formatted(node, fingerprint, node));
  }

  @Override
  public void wantsToReplace(String node, String trusted, String fingerprint) {
    operators.accept(
        "Another key was shown under the name %s, which is already in under key %s%s. The new fingerprint is %s. If its agent was installed again, compare with its log and say 'fleet replace %s %s'; the old key is then trusted no longer. Otherwise somebody uses its name: 'fleet reject %s'."
            .formatted(node, trusted, heard(node), fingerprint, node, fingerprint, node));
  }

  private String heard(String node) {
    return lastSeen
        .apply(node)
        .map(at -> Duration.between(at, clock.instant()))
        .map(ago ->
            ", last seen %s ago".formatted(Spans.words(ago.isNegative() ? Duration.ZERO : ago)))
        .orElse(", not seen yet");
  }

  @Override
  public void full(int names) {
    operators.accept(
        "%d names wait to join, and no further ones are kept. If they are not your servers, somebody floods the list: 'fleet reject <pattern>', and check who may use the broker."
            .formatted(names));
  }
}
