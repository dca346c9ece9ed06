package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.home.HomeTabService;
import dev.bandmaster.engine.home.HomeTabViews;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.intake.CommandIntake;
import dev.bandmaster.engine.intake.DialogCatalogue;
import dev.bandmaster.engine.leases.HeldLeases;
import dev.bandmaster.engine.oncall.OnCall;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Pipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of what people type and click, from the inbox through the pipeline. */
final class IntakeModule {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeModule.class);

  private final HomeTabService homes;
  private final InboxWorker inbox;
  private final Pipeline pipeline;

  /**
   * @param held under whose lease jobs are opened
   */
  IntakeModule(
      BotConfig config,
      StoreModule stores,
      AccessRules policy,
      FleetModule fleet,
      JobModule jobs,
      AlertModule alerts,
      ChatModule chat,
      ApprovalsModule approvals,
      CommandModule commands,
      DialogCatalogue forms,
      HeldLeases held,
      OnCall onCall,
      Lifecycle lifecycle) {
    Store store = stores.store();
    pipeline =
        commands.pipeline(
            chat.people(),
            fleet.catalogue(),
            fleet.planning(),
            fleet.backends(),
            fleet.presence(),
            store,
            jobs.freezes(),
            jobs.conditionText(),
            ConfigMapper.jobs(config.jobs()),
            approvals.approvals(),
            stores.clock());
    CommandIntake intake =
        new CommandIntake(
            pipeline,
            commands.dialogController(
                forms, fleet.catalogue(), chat.people(), chat.platform().dialogs(), stores.clock()),
            store,
            jobs.engine(),
            jobs.notifier(),
            chat.platform()::fits,
            held::ofHome,
            () -> config.approvals().mention().map(onCall::mention).orElse(""));
    HomeTabViews views =
        new HomeTabViews(
            store,
            chat.people(),
            policy,
            commands.registry(),
            config.environments().keySet(),
            fleet.presence()::nodes,
            alerts.openAlerts(),
            stores.clock());
    homes = lifecycle.own(new HomeTabService(store, views, intake, stores.clock()));
    inbox =
        lifecycle.own(
            new InboxWorker(store, chat.interpreter(), homes, stores.clock(), config.replica()));
  }

  /** Begins to keep home tabs up to date. The inbox works as soon as something is in it. */
  void start() {
    homes.start();
  }

  /** Waits for the commands that are being read. */
  void finish() throws InterruptedException {
    if (!inbox.finish(Bot.PATIENCE_AT_STOP)) {
      LOG.warn("Some commands are not read to the end; they are read again at the next start");
    }
  }

  /** The stages of a command. */
  Pipeline pipeline() {
    return pipeline;
  }

  InboxWorker inbox() {
    return inbox;
  }
}
