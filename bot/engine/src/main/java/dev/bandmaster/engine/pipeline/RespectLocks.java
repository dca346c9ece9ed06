package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.DeployQueue;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.Planned.Subject;
import dev.bandmaster.plugin.Spans;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has somebody locked it? The person who set the lock may go on; all others see who set it and why.
 */
public final class RespectLocks implements Function<PlannedCommand, Step<PlannedCommand>> {

  private final DeployQueue slots;
  private final StartConditionText words;
  private final InstantSource clock;

  /** A lock that ends within this is worth waiting for. */
  private static final Duration SOON = Duration.ofMinutes(10);

  public RespectLocks(DeployQueue slots, StartConditionText words, InstantSource clock) {
    this.slots = slots;
    this.words = words;
    this.clock = clock;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    Optional<Subject> subject = prepared.work().subject();
    if (subject.isEmpty()) {
      return Step.on(prepared);
    }
    String asker = prepared.authorised().command().person().sender().principal();
    List<DeployLock> locks =
        slots.locksAgainst(subject.get().environment(), subject.get().application(), asker);
    return locks.stream()
        .findFirst()
        .map(lock ->
            Step.<PlannedCommand>end(
                CommandResult.Refused.usage(
                    sentence(lock), later(lock, prepared), Optional.empty())))
        .orElseGet(() -> Step.on(prepared));
  }

  /** The same once the lock has ended, where it ends by itself. */
  private List<String> later(DeployLock lock, PlannedCommand prepared) {
    String command = prepared.authorised().command().invocation().canonical();
    return lock
        .until()
        .map(end -> "schedule %s %s".formatted(words.firstMinuteAfter(end), command))
        .stream()
        .toList();
  }

  private String sentence(DeployLock lock) {
    Duration left =
        lock.until().map(end -> Duration.between(clock.instant(), end)).orElse(SOON.plus(SOON));
    return left.compareTo(SOON) <= 0
        ? "%s The lock ends in %s: wait, schedule it for then, or ask the owner."
            .formatted(words.of(lock), Spans.words(left.isNegative() ? Duration.ZERO : left))
        : longer(lock);
  }

  private String longer(DeployLock lock) {
    return "%s Ask the owner, or run `unlock %s` if the lock is obsolete."
        .formatted(words.of(lock), (lock.environment() + " " + lock.application()).strip());
  }
}
