package dev.bandmaster.engine.commands.apps;

import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.view.StartConditionText;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The list of the commands about what runs where. */
public final class AppCommands {
  private AppCommands() {}

  /**
   * The commands.
   *
   * @param bot what to report of the bot itself with its state, in the order to show
   */
  public static List<Command> all(
      Supplier<Map<String, String>> bot,
      Store store,
      Presence presence,
      Catalogue catalogue,
      Freezes freezes,
      StartConditionText inWords,
      InstantSource clock) {
    return List.of(
        new Command.ActionCommand(
            StatusCommand.DECLARATION,
            new StatusCommand(
                bot, new EnvironmentOverview(store, presence, catalogue, freezes, inWords, clock))),
        new Command.BuiltIn(VersionsCommand.DECLARATION, new VersionsCommand(presence, catalogue)),
        new Command.BuiltIn(ChangesCommand.DECLARATION, new ChangesCommand(presence, catalogue)));
  }
}
