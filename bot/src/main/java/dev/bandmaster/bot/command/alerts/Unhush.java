package dev.bandmaster.bot.command.alerts;

import dev.bandmaster.bot.alert.AlertArtist;
import dev.bandmaster.bot.alert.Silence;
import dev.bandmaster.bot.command.Command;
import dev.bandmaster.bot.command.Command.Outcome;
import dev.bandmaster.bot.command.EndByNumber;
import dev.bandmaster.bot.job.Right;
import dev.bandmaster.bot.store.Alerts;
import dev.bandmaster.bot.store.Change;
import java.util.List;

/** {@code unsilence}: ends a silence or a maintenance before its time. */
final class Unhush {
  private static final String SILENCE = "silence";

  private Unhush() {}

  static Command command(Alerts alerts, AlertArtist artist) {
    return new Command.Deed(
        EndByNumber.declaration("unsilence", "ends a silence or a maintenance", SILENCE),
        new EndByNumber<>(
            SILENCE,
            "'silences' lists them.",
            number ->
                alerts.silences().stream()
                    .filter(silence -> silence.number() == number)
                    .findFirst(),
            silence ->
                new Right("", environment(silence), silence.matchers().getOrDefault("app", "")),
            silence ->
                Outcome.done(
                    "Ended. It was: " + artist.words(silence),
                    new Change.Unsilenced(silence.number()))));
  }

  /** A silence of one alert has the environment within its topic. */
  private static String environment(Silence silence) {
    String topic = silence.matchers().get("topic");
    return topic == null
        ? silence.matchers().getOrDefault("env", "")
        : List.of(topic.split("\\|", -1)).get(2);
  }
}
