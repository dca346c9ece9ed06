package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.engine.alerts.AlertRoutes;
import dev.bandmaster.engine.alerts.FailureReporter;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.jobs.ApprovalLookup;
import dev.bandmaster.engine.jobs.ChatCondition;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.jobs.StandardStartConditions;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.CommandPlugin;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Jobs: what keeps them from starting, what people see of them, and what advances them. */
final class JobModule {
  private final Freezes freezes;
  private final StartConditionText conditionText;
  private final ChatCondition conditions;
  private final CommandPlugins plugins;
  private final JobNotifier notifier;
  private final JobEngine engine;

  JobModule(
      BotConfig config,
      List<CommandPlugin> commandPlugins,
      StoreModule stores,
      Catalogue catalogue,
      ChatPlatform chat,
      Lifecycle lifecycle) {
    freezes =
        new Freezes(
            stores.store().freezes()::all,
            ConfigMapper.freezes(config.freezes().recurring()),
            Set.copyOf(config.freezes().allow()));
    conditionText = new StartConditionText(new TimeText(config.timeZone()));
    conditions =
        new ChatCondition(
            new StandardStartConditions(
                stores.store().slots(), freezes, conditionText, stores.clock()),
            chat::refusal);
    plugins = new CommandPlugins(commandPlugins);
    notifier =
        new JobNotifier(
            CommandModule.renderer(plugins, stores.clock()),
            stores.store().jobs(),
            new ApprovalLookup(
                stores.store().approvals(), conditions, catalogue::page, catalogue::changes),
            failureAlerts(config));
    engine =
        lifecycle.own(
            new JobEngine(
                stores.store(), conditions, notifier, config.jobs().redraw(), stores.clock()));
  }

  /** A failure that an alert tells of is not told a second time where the job was asked for. */
  private static Predicate<Job> failureAlerts(BotConfig config) {
    // Whether anybody is mentioned does not matter here.
    AlertRoutes routes = AlertRouting.of(config, UnaryOperator.identity());
    String collective = config.bus().collective();
    return job -> FailureReporter.isPosted(job, collective, routes);
  }

  Freezes freezes() {
    return freezes;
  }

  StartConditionText conditionText() {
    return conditionText;
  }

  StartConditions conditions() {
    return conditions;
  }

  /** What the commands of jobs declare. */
  CommandPlugins plugins() {
    return plugins;
  }

  JobNotifier notifier() {
    return notifier;
  }

  JobEngine engine() {
    return engine;
  }
}
