package dev.bandmaster.bot.command;

import dev.bandmaster.bot.store.DeployLock;
import dev.bandmaster.bot.store.Slots;
import dev.bandmaster.bot.work.ObstacleWords;
import dev.bandmaster.plugin.Planned.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Has somebody locked it? Whoever set the lock may go on; all others are told who and why. */
final class RespectLocks implements Function<Prepared, Step<Prepared>> {

  private final Slots slots;
  private final ObstacleWords words;

  RespectLocks(Slots slots, ObstacleWords words) {
    this.slots = slots;
    this.words = words;
  }

  @Override
  public Step<Prepared> apply(Prepared prepared) {
    Optional<Subject> subject = prepared.work().subject();
    if (subject.isEmpty()) {
      return Step.on(prepared);
    }
    String asker = prepared.authorised().command().person().sender().principal();
    List<DeployLock> locks =
        slots.locksAgainst(subject.get().environment(), subject.get().application(), asker);
    return locks.stream()
        .findFirst()
        .map(lock -> Step.<Prepared>end(Ending.Refused.mistake(sentence(lock))))
        .orElseGet(() -> Step.on(prepared));
  }

  private String sentence(DeployLock lock) {
    return "%s Ask them, or say 'unlock %s' if you know that it may be lifted."
        .formatted(words.of(lock), (lock.environment() + " " + lock.application()).strip());
  }
}
