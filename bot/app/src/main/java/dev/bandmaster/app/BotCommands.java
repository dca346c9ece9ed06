package dev.bandmaster.app;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.approvals.ApprovalModule;
import dev.bandmaster.engine.clock.SharedClock;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.commands.VersionCommand;
import dev.bandmaster.engine.commands.alerts.AlertCommands;
import dev.bandmaster.engine.commands.approvals.ApprovalCommands;
import dev.bandmaster.engine.commands.apps.AppCommands;
import dev.bandmaster.engine.commands.freezes.FreezeCommands;
import dev.bandmaster.engine.commands.jobs.JobCommands;
import dev.bandmaster.engine.commands.locks.LockCommands;
import dev.bandmaster.engine.commands.oncall.OnCallCommand;
import dev.bandmaster.engine.commands.plugins.PluginsCommand;
import dev.bandmaster.engine.commands.runbooks.RunbookCommands;
import dev.bandmaster.engine.commands.schedules.ScheduleCommands;
import dev.bandmaster.engine.intake.ReasonButton;
import dev.bandmaster.engine.oncall.OnCall;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.engine.plugins.PluginManager;
import dev.bandmaster.engine.policy.PolicyKeeper;
import dev.bandmaster.engine.runbooks.RunbookLibrary;
import dev.bandmaster.plugin.CommandPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All commands, and the buttons that ask for a reason. */
final class BotCommands {
  private BotCommands() {}

  /** Registers all commands, in the order in which {@code help} shows them. */
  static void register(
      String replica,
      CommandModule commands,
      List<CommandPlugin> plugins,
      StoreModule stores,
      PolicyKeeper policy,
      FleetModule fleet,
      JobModule jobs,
      AlertModule alerts,
      ApprovalModule approvals,
      PluginManager added,
      RunbookLibrary runbooks,
      OnCall onCall,
      List<Command> aboutApi,
      StatusReport status) {
    CommandReader reader = commands.commandLine(fleet.catalogue(), fleet.presence());
    List<Command> builtIn =
        new ArrayList<>(
            builtIn(
                replica, stores, fleet, jobs, alerts, approvals, added, runbooks, onCall, status,
                reader));
    builtIn.addAll(aboutApi);
    commands.register(
        plugins,
        builtIn,
        policy::explain,
        fleet.enrolments(),
        fleet.presence(),
        fleet.backends()::refresh,
        reader,
        stores.clock());
    PolicyVocabulary.compare(commands.registry());
  }

  private static List<Command> builtIn(
      String replica,
      StoreModule stores,
      FleetModule fleet,
      JobModule jobs,
      AlertModule alerts,
      ApprovalModule approvals,
      PluginManager added,
      RunbookLibrary runbooks,
      OnCall onCall,
      StatusReport status,
      CommandReader reader) {
    Store store = stores.store();
    SharedClock clock = stores.clock();
    List<Command> commands = new ArrayList<>();
    commands.addAll(
        JobCommands.all(
            store,
            jobs.plugins(),
            jobs.notifier(),
            approvals::cancelled,
            cancel -> RunbookCommands.cancelling(store, cancel, clock),
            fleet.presence(),
            fleet.catalogue(),
            clock,
            jobs.conditionText().times().zone()));
    commands.addAll(ApprovalCommands.all(store, approvals.voting()));
    commands.addAll(LockCommands.all(store.slots(), jobs.conditionText(), clock));
    commands.addAll(AlertCommands.all(store.alerts(), alerts.service(), alerts.renderer(), clock));
    commands.addAll(
        FreezeCommands.all(
            store.freezes(), jobs.freezes(), fleet.catalogue(), jobs.conditionText(), clock));
    commands.add(
        VersionCommand.of(
            replica,
            Optional.ofNullable(Bot.class.getPackage().getImplementationVersion()),
            clock.instant()));
    commands.addAll(
        ScheduleCommands.all(store.schedules(), reader, clock, jobs.conditionText().times()));
    commands.addAll(RunbookCommands.all(runbooks, store, reader, clock));
    commands.add(OnCallCommand.of(onCall));
    commands.add(PluginsCommand.of(added));
    commands.addAll(
        AppCommands.all(
            status::lines,
            store,
            fleet.presence(),
            fleet.catalogue(),
            jobs.freezes(),
            jobs.conditionText(),
            clock));
    return commands;
  }

  static List<ReasonButton> reasons(Store store) {
    List<ReasonButton> reasons = new ArrayList<>(ApprovalCommands.reasons(store));
    reasons.add(AlertCommands.silenceUntil());
    return reasons;
  }
}
