package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.commands.EndByNumber;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.AlertRenderer;
import java.util.List;

/** {@code unsilence}: ends a silence or a maintenance before its time. */
final class UnsilenceCommand {
  private static final String SILENCE = "silence";

  private UnsilenceCommand() {}

  static Command command(Alerts alerts, AlertRenderer renderer) {
    return new Command.ActionCommand(
        EndByNumber.declaration("unsilence", "ends a silence or maintenance", SILENCE),
        new EndByNumber<>(
            SILENCE,
            "To list them: `silences`.",
            number ->
                alerts.silences().stream()
                    .filter(silence -> silence.number() == number)
                    .findFirst(),
            silence ->
                new Right("", environment(silence), silence.matchers().getOrDefault("app", "")),
            silence ->
                Outcome.done(
                    "Ended: " + renderer.words(silence), new Change.EndSilence(silence.number()))));
  }

  /** A silence of one alert has the environment within its topic. */
  private static String environment(Silence silence) {
    String topic = silence.matchers().get("topic");
    return topic == null
        ? silence.matchers().getOrDefault("env", "")
        : List.of(topic.split("\\|", -1)).get(2);
  }
}
