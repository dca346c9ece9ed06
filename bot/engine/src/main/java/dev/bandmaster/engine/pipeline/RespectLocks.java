package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.DeployQueue;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.Planned.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has somebody locked it? The person who set the lock may go on; all others see who set it and why.
 */
public final class RespectLocks implements Function<PlannedCommand, Step<PlannedCommand>> {

  private final DeployQueue slots;
  private final StartConditionText words;

  public RespectLocks(DeployQueue slots, StartConditionText words) {
    this.slots = slots;
    this.words = words;
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
        .map(lock -> Step.<PlannedCommand>end(CommandResult.Refused.mistake(sentence(lock))))
        .orElseGet(() -> Step.on(prepared));
  }

  private String sentence(DeployLock lock) {
    return "%s Ask the owner, or run `unlock %s` if the lock is obsolete."
        .formatted(words.of(lock), (lock.environment() + " " + lock.application()).strip());
  }
}
