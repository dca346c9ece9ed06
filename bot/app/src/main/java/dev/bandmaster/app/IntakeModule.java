package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.home.HomeTabService;
import dev.bandmaster.engine.home.HomeTabViews;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.intake.CommandIntake;
import dev.bandmaster.engine.intake.DialogCatalogue;
import dev.bandmaster.engine.intake.OutsiderRefusals;
import dev.bandmaster.engine.leases.HeldLeases;
import dev.bandmaster.engine.pipeline.AccessRules;
import dev.bandmaster.engine.pipeline.Pipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of what people type and click, from the inbox through the pipeline. */
final class IntakeModule {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeModule.class);

  /** How often it is looked whether an hour of refusals is over. */
  private static final Duration SUMMARIES = Duration.ofMinutes(1);

  private final HomeTabService homes;
  private final InboxWorker inbox;
  private final Pipeline pipeline;
  private final OutsiderRefusals outsiders = new OutsiderRefusals();
  private final Ticker summaries;
  private final Store store;
  private final InstantSource clock;

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
      Lifecycle lifecycle) {
    store = stores.store();
    clock = stores.clock();
    summaries = lifecycle.own(new Ticker("outsiders", SUMMARIES, this::summarize));
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
            outsiders,
            held::ofHome);
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
    summaries.start();
  }

  private void summarize() {
    append(outsiders.over(clock.instant()));
  }

  private void append(List<AuditEntry> entries) {
    try {
      store.commit(entries.stream().<Change>map(Change.AppendAudit::new).toList());
    } catch (RuntimeException e) {
      LOG.warn("Not written to the audit, {} summaries: {}", entries.size(), e.getMessage());
    }
  }

  /** Waits for the commands that are being read. */
  void finish() throws InterruptedException {
    if (!inbox.finish(Bot.PATIENCE_AT_STOP)) {
      LOG.warn("Some commands are not read to the end; they are read again at the next start");
    }
    append(outsiders.all());
  }

  /** The stages of a command. */
  Pipeline pipeline() {
    return pipeline;
  }

  InboxWorker inbox() {
    return inbox;
  }
}
