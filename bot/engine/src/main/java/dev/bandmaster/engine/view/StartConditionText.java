package dev.bandmaster.engine.view;

import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.job.StartConditions.Wait;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.DeployQueue.Obstacle;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Why something has to wait, as a sentence.
 *
 * @param times how moments are written
 */
public record StartConditionText(TimeText times) {

  /** The first whole minute that is not before a moment, as {@code schedule} reads it. */
  public LocalDateTime firstMinuteAfter(Instant moment) {
    Instant minute = moment.truncatedTo(ChronoUnit.MINUTES);
    return LocalDateTime.ofInstant(
        minute.equals(moment) ? minute : minute.plus(1, ChronoUnit.MINUTES), times.zone());
  }

  public Wait of(Obstacle obstacle) {
    return switch (obstacle) {
      case Obstacle.Locked(DeployLock lock) ->
          new Wait("Waits: " + of(lock) + " It starts when the lock is lifted.", of(lock));
      case Obstacle.Behind(long number, String title, int position) ->
          new Wait(
              position == 1
                  ? "Waits for job %d (%s), then starts.".formatted(number, title)
                  : "Waits for job %d (%s) and %d more.".formatted(number, title, position - 1),
              "Job %d (%s) is still running.".formatted(number, title));
    };
  }

  /** Who has locked what, why and until when. */
  public String of(DeployLock lock) {
    return "%s is locked by %s%s: %s."
        .formatted(
            lock.what(),
            lock.ownerName(),
            lock.until().map(until -> " until " + times.of(until)).orElse(""),
            withoutStop(lock.reason()));
  }

  /** What is frozen until when, by whom and why. */
  public String of(Freeze freeze) {
    return "%s is frozen until %s by %s: %s."
        .formatted(
            freeze.scope().inWords(),
            times.of(freeze.until()),
            of(freeze.origin()),
            withoutStop(freeze.reason()));
  }

  /** The same with its beginning. */
  public String whole(Freeze freeze) {
    return "%s is frozen from %s until %s by %s: %s."
        .formatted(
            freeze.scope().inWords(),
            times.of(freeze.from()),
            times.of(freeze.until()),
            of(freeze.origin()),
            withoutStop(freeze.reason()));
  }

  /** Who says so, and what to call it by. */
  private static String of(Freeze.Origin origin) {
    return switch (origin) {
      case Freeze.Origin.Person(long number, String _, String name) ->
          "%s (freeze %d)".formatted(name, number);
      case Freeze.Origin.Configuration(String name) ->
          "the configuration (freeze '%s')".formatted(name);
    };
  }

  public Wait waits(Freeze freeze) {
    return new Wait("Waits: " + of(freeze) + " It starts when the freeze ends.", of(freeze));
  }

  /** A reason may end like a sentence, or not. */
  private static String withoutStop(String reason) {
    return reason.replaceFirst("\\.+$", "");
  }
}
