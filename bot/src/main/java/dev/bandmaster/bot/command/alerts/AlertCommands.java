package dev.bandmaster.bot.command.alerts;

import dev.bandmaster.bot.alert.AlertAction;
import dev.bandmaster.bot.alert.AlertArtist;
import dev.bandmaster.bot.command.Command;
import dev.bandmaster.bot.command.ReasonButton;
import dev.bandmaster.bot.store.Alerts;
import dev.bandmaster.bot.watch.AlertDesk;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Commands about alerts and silences. */
public final class AlertCommands {
  private AlertCommands() {}

  /** The commands. */
  public static List<Command> all(
      Alerts alerts, AlertDesk desk, AlertArtist artist, InstantSource clock) {
    AlertList list = new AlertList(alerts, artist, clock);
    AlertDeeds deeds = new AlertDeeds(alerts, desk);
    Quieting quieting = new Quieting(alerts, artist, clock);
    return List.of(
        new Command.BuiltIn(AlertList.ALERTS, (asker, arguments) -> list.alerts()),
        new Command.BuiltIn(AlertList.ALERT, (asker, arguments) -> list.alert(arguments)),
        new Command.BuiltIn(AlertList.SILENCES, (asker, arguments) -> list.silences()),
        new Command.Deed(AlertDeeds.ACK, deeds.about(deeds::acknowledge)),
        new Command.Deed(AlertDeeds.CLOSE, deeds.about(deeds::close)),
        new Command.Deed(Hush.DECLARATION, new Hush(alerts, quieting)),
        new Command.Deed(Maintain.DECLARATION, new Maintain(quieting)),
        Unhush.command(alerts, artist));
  }

  /** The button that asks until when nobody wants to hear of an alert. */
  public static ReasonButton silenceUntil() {
    return new ReasonButton(
        AlertAction.SILENCE_UNTIL.id(),
        "Silence this alert",
        "Until when, and why? Such as: 18:30 the disk is being replaced",
        number -> Optional.of(AlertAction.SILENCE_UNTIL.typed(number)));
  }
}
