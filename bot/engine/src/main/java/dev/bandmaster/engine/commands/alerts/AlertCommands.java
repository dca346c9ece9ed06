package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.AlertAction;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.intake.ReasonButton;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.view.AlertRenderer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Commands about alerts and silences. */
public final class AlertCommands {
  private AlertCommands() {}

  /** The commands. */
  public static List<Command> all(
      Alerts alerts, AlertService service, AlertRenderer renderer, InstantSource clock) {
    AlertList list = new AlertList(alerts, renderer, clock);
    AlertActions deeds = new AlertActions(alerts, service);
    SilenceCreator quieting = new SilenceCreator(alerts, renderer, clock);
    return List.of(
        new Command.BuiltIn(AlertList.ALERTS, (asker, arguments) -> list.alerts()),
        new Command.BuiltIn(AlertList.ALERT, list.details()),
        new Command.BuiltIn(AlertList.SILENCES, (asker, arguments) -> list.silences()),
        new Command.ActionCommand(AlertActions.ACK, deeds.about(deeds::acknowledge)),
        new Command.ActionCommand(AlertActions.CLOSE, deeds.about(deeds::close)),
        new Command.ActionCommand(SilenceCommand.DECLARATION, new SilenceCommand(alerts, quieting)),
        new Command.ActionCommand(MaintenanceCommand.DECLARATION, new MaintenanceCommand(quieting)),
        UnsilenceCommand.command(alerts, renderer));
  }

  /** The button that asks until when nobody wants to be notified of an alert. */
  public static ReasonButton silenceUntil() {
    return new ReasonButton(
        AlertAction.SILENCE_UNTIL.id(),
        "Silence this alert",
        "Until when and why? Example: 18:30 replacing the disk",
        number -> Optional.of(AlertAction.SILENCE_UNTIL.typed(number)));
  }
}
