package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.AlertRenderer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps alerts quiet for a time, whether that is a silence or announced work. */
record SilenceCreator(Alerts alerts, AlertRenderer renderer, InstantSource clock) {

  /**
   * Reads until when and why, and keeps quiet until then.
   *
   * @param typed until when, unless there is a length, and why
   * @param length for how long
   * @param sentence the answer to the requester
   */
  Outcome of(
      Asker asker,
      Silence.Kind kind,
      Map<String, String> matchers,
      String typed,
      Optional<Duration> length,
      Function<Silence, String> sentence) {
    Instant now = clock.instant();
    return switch (SilenceArguments.read(typed, length, now, renderer.times().zone())) {
      case SilenceArguments.Mistaken(String reason) -> new Outcome.Refused(reason);
      case SilenceArguments.Read(Instant until, String reason) -> {
        Silence silence =
            new Silence(
                alerts.nextSilence(), kind, matchers, now, until, asker.person().name(), reason);
        yield Outcome.done(sentence.apply(silence), new Change.CreateSilence(silence));
      }
    };
  }
}
