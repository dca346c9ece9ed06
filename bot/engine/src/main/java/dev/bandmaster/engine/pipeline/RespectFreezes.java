package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.engine.view.StartConditionText;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Is it frozen? A freeze beats every allow, and nobody passes, no matter who declared it. What has
 * to be approved first is asked about meanwhile, with a warning; it does not begin before the
 * freeze is over. Only an emergency passes.
 */
public final class RespectFreezes implements Function<PlannedCommand, Step<PlannedCommand>> {

  private final Freezes freezes;
  private final StartConditionText words;
  private final InstantSource clock;

  public RespectFreezes(Freezes freezes, StartConditionText words, InstantSource clock) {
    this.freezes = freezes;
    this.words = words;
    this.clock = clock;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    Optional<Freeze> freeze =
        prepared.work().subject().flatMap(subject -> freezes.against(subject, clock.instant()));
    if (freeze.isEmpty()) {
      return Step.on(prepared);
    }
    boolean goesOn =
        !prepared.authorised().needs().isEmpty() || prepared.authorised().emergency().isPresent();
    return goesOn
        ? Step.on(prepared.during(words.of(freeze.get())))
        : Step.end(
            CommandResult.Refused.mistake(
                sentence(freeze.get(), prepared.authorised().command().invocation().canonical())));
  }

  private String sentence(Freeze freeze, String command) {
    return "%s Nothing was done. Wait, add `--dry-run` to see the plan, or run `schedule %s %s`."
        .formatted(words.of(freeze), typed(freeze.until()), command);
  }

  /** The first minute that is free, as {@code schedule} reads it. */
  private LocalDateTime typed(Instant until) {
    Instant minute = until.truncatedTo(ChronoUnit.MINUTES);
    return LocalDateTime.ofInstant(
        minute.equals(until) ? minute : minute.plus(1, ChronoUnit.MINUTES), words.times().zone());
  }
}
