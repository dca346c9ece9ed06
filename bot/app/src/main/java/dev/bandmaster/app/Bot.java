package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.BusConfig;
import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.approvals.ApprovalClock;
import dev.bandmaster.engine.approvals.ApprovalModule;
import dev.bandmaster.engine.approvals.ApprovalNotifier;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.SharedClock;
import dev.bandmaster.engine.commands.ApprovalCommands;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.commands.CommandReader;
import dev.bandmaster.engine.commands.VersionCommand;
import dev.bandmaster.engine.commands.alerts.AlertCommands;
import dev.bandmaster.engine.commands.freezes.FreezeCommands;
import dev.bandmaster.engine.commands.jobs.JobCommands;
import dev.bandmaster.engine.commands.locks.LockCommands;
import dev.bandmaster.engine.commands.schedules.ScheduleCommands;
import dev.bandmaster.engine.commands.schedules.ScheduleTime;
import dev.bandmaster.engine.fleet.Announcements;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.FleetPlanningContext;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.home.HomeTabService;
import dev.bandmaster.engine.home.HomeTabViews;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.intake.CommandIntake;
import dev.bandmaster.engine.intake.DialogCatalogue;
import dev.bandmaster.engine.intake.ReasonButton;
import dev.bandmaster.engine.jobs.ApprovalLookup;
import dev.bandmaster.engine.jobs.Dispatcher;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.jobs.StandardStartConditions;
import dev.bandmaster.engine.jobs.StartConditions;
import dev.bandmaster.engine.leases.LeaseManager;
import dev.bandmaster.engine.outbox.OutboxSender;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.engine.pipeline.Pipeline;
import dev.bandmaster.engine.policy.PolicyKeeper;
import dev.bandmaster.engine.reports.BackendReceiver;
import dev.bandmaster.engine.retention.RetentionService;
import dev.bandmaster.engine.schedules.ScheduleClock;
import dev.bandmaster.engine.schedules.ScheduledItem;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.slack.EnvelopeSink;
import dev.bandmaster.slack.SlackConnection;
import dev.bandmaster.slack.SocketHealth;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.store.JdbiStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: makes the parts, introduces them to each other, starts them from the store
 * outwards and stops them in the reverse order.
 */
public final class Bot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bot.class);

  /** How long a stop waits for what Slack is still to be told. */
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

  /** Requests for approval that a status counts; more of them nobody looks at. */
  private static final int MOST_COUNTED = 1_000;

  private final BotConfig config;
  private final SharedClock clock;
  private final Freezes freezes;
  private final StartConditionText obstacleWords;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Store store;
  private final OperatorNotifier owners;
  private final PolicyKeeper policy;
  private final Backends backends;
  private final Presence presence;
  private final Enrolments enrolments;
  private final JobEngine desk;
  private final JobNotifier report;
  private final Dispatcher dispatcher;
  private final RetentionService housekeeping;
  private final SetAsideNotifier setAside;
  private final LeaseManager seats;
  private final ScheduleClock schedules;
  private final HomeTabService homes;
  private final ApprovalClock approvalClock;
  private final AtomicReference<ApprovalModule> approvalParts = new AtomicReference<>();
  private final InboxWorker inbox;
  private final OutboxSender outbox;
  private final SlackConnection slack;
  private final BackendReceiver busEvents;
  private final AlertModule watch;
  private final AckLatency ackTimes = new AckLatency();
  private final InboxMetrics intake = new InboxMetrics();
  private final HttpModule monitoring;

  private Bot(
      BotConfig config, InstantSource machine, RandomGenerator random, Consumer<String> onFatal) {
    this.config = config;
    clock = new SharedClock(machine);
    this.obstacleWords = new StartConditionText(new TimeText(config.timeZone()));
    List<CommandPlugin> plugins = StandardPlugins.all();
    CommandPlugins commandPlugins = new CommandPlugins(plugins);
    store = keep(JdbiStore.open(StoreConfigs.settings(config.store()), clock));
    compareClocks();
    owners = new OperatorNotifier(config.slack().ownerChannel(), store, clock);
    freezes = new Freezes(store.freezes()::all, ConfigMapper.freezes(config.freezes()));
    enrolments =
        new Enrolments(
            store,
            config.bus().enrolment() == BusConfig.Enrolment.AUTOMATIC,
            clock,
            (node, fingerprint) ->
                owners.tell(
                    "%s wants to join, fingerprint %s. Compare it with the agent's log, then say 'fleet accept %s' or 'fleet reject %s'."
                        .formatted(node, fingerprint, node, node)));
    policy = keep(new PolicyKeeper(config.policy(), store, owners::tell));
    ExecutionBackend bus = keep(BusModule.backend(config, enrolments, clock, random));
    backends = Backends.of(bus);
    presence = new Presence(store, clock);
    StartConditions obstacles =
        new StandardStartConditions(store.slots(), freezes, obstacleWords, clock);
    Catalogue catalogue = ConfigMapper.catalogue(config);
    report =
        new JobNotifier(
            CommandModule.renderer(commandPlugins),
            store.jobs(),
            new ApprovalLookup(store.approvals(), obstacles, catalogue::page));
    desk = keep(new JobEngine(store, obstacles, report, config.jobs().redraw(), clock));
    watch = new AlertModule(config, store, enrolments, backends, clock);
    keep(watch.failures());
    keep(watch.hooks());
    keep(watch.fleet());
    desk.noticeEnds(watch);
    Announcements announcements =
        new Announcements(
            presence,
            enrolments,
            config.expectedNodes(),
            backends::refresh,
            Announcements.PATIENCE,
            clock);
    busEvents =
        new BackendReceiver(
            desk, presence, enrolments, bus, announcements, watch.fleet(), watch.failures());
    dispatcher = keep(new Dispatcher(backends, desk, store.principals()::allIds, clock, random));
    housekeeping =
        keep(
            new RetentionService(
                store.past(), ConfigMapper.retention(config.retention()), clock, random));
    setAside = keep(new SetAsideNotifier(store, owners::tell));
    CommandModule commands = commands(plugins, commandPlugins, catalogue);
    List<ReasonButton> reasons = new ArrayList<>(ApprovalCommands.reasons(store));
    reasons.add(AlertCommands.silenceUntil());
    DialogCatalogue forms = commands.forms(reasons);
    slack =
        keep(
            SlackConnection.open(
                SlackModule.settings(config.slack()),
                this::take,
                forms,
                SlackConnection.Listener.of(ackTimes::add, onFatal),
                clock,
                random));
    AliasRecorder aliases = new AliasRecorder(store, clock);
    Directory people = SlackModule.people(slack.directory(), aliases);
    FleetPlanningContext planning =
        new FleetPlanningContext(presence, catalogue, store.jobs(), clock, announcements);
    FreshDirectory freshPeople = SlackModule.freshPeople(slack.directory(), aliases);
    ApprovalNotifier news = new ApprovalNotifier(store, report, freshPeople);
    ApprovalModule approvals =
        commands.approvals(
            freshPeople,
            planning,
            presence,
            store,
            news,
            obstacleWords.times(),
            ConfigMapper.approvals(config.approvals()),
            clock);
    approvalParts.set(approvals);
    desk.lookBy(approvals.secondLook());
    approvalClock = keep(new ApprovalClock(store, obstacles, news, clock));
    CommandIntake frontDesk =
        new CommandIntake(
            pipeline(commands, catalogue, planning, people, approvals),
            commands.formDesk(forms, catalogue, people, slack.dialogs(), clock),
            store,
            desk,
            report,
            SlackConnection::holds,
            () -> seats().home());
    homes =
        keep(
            new HomeTabService(
                store,
                new HomeTabViews(
                    store,
                    people,
                    policy,
                    commands.registry(),
                    config.environments().keySet(),
                    presence::nodes,
                    watch.openAlerts(),
                    clock),
                frontDesk,
                clock));
    inbox =
        keep(
            new InboxWorker(
                store,
                SlackModule.interpreter(slack.interpreter()),
                homes,
                clock,
                config.replica()));
    outbox =
        keep(
            new OutboxSender(
                store.outbox(),
                watch.watched(slack.chat(), () -> isListening(slack)),
                slack.budget(),
                config.replica(),
                clock,
                random));
    monitoring =
        keep(new HttpModule(config.replica(), config.web(), store, slack, backends, clock));
    seats =
        keep(
            new LeaseManager(
                store.seats(),
                config.replica(),
                StoreConfigs.holder(config, random),
                config.jobs().lease(),
                new LeaseDuties(
                    store.outbox(),
                    desk,
                    backends,
                    inbox,
                    slack.budget(),
                    enrolments,
                    this::compareClocks,
                    ItemGuard.logging(LOG, "Seat duty", clock, StoreUnavailable.class::isInstance)),
                clock));
    schedules =
        keep(
            new ScheduleClock(
                store,
                new ScheduledCommands(),
                (cron, after) -> ScheduleTime.next(cron, after, config.timeZone()),
                clock));
  }

  /** Replicas tell the time by their database. */
  private void compareClocks() {
    if (StoreConfigs.isShared(config.store())) {
      clock.compare(store::time);
    }
  }

  private LeaseManager seats() {
    return seats;
  }

  /** Scheduled commands go into this replica's inbox. */
  private final class ScheduledCommands implements ScheduleClock.Asking {
    @Override
    public Change.AcceptDelivery asked(Schedule schedule) {
      return ScheduledItem.of(schedule, clock.instant(), config.replica());
    }

    @Override
    public void wake() {
      inbox.resume(config.replica());
    }
  }

  /**
   * Starts a bot; returns when it has begun to connect. It reconnects by itself to whatever goes
   * away.
   *
   * @param onFatal is told why the bot can never work as it is configured
   * @throws StoreUnavailable if the store cannot be used
   */
  public static Bot start(
      BotConfig config, InstantSource clock, RandomGenerator random, Consumer<String> onFatal) {
    Bot bot = new Bot(config, clock, random, onFatal);
    bot.start();
    return bot;
  }

  private void start() {
    store.onShow(outbox::wake);
    policy.start();
    outbox.start();
    desk.start(dispatcher);
    watch.start();
    backends.all().forEach(backend -> backend.start(busEvents));
    seats.start();
    schedules.start();
    homes.start();
    approvalClock.start();
    housekeeping.start();
    setAside.start();
    slack.start();
    monitoring.start(this::figures, watch.webhooks());
    LOG.info("{} is up", config.replica());
  }

  private BotMetrics figures() {
    return new BotMetrics()
        .inbox(ackTimes, intake)
        .outbox(store.outbox(), store.setAside(), outbox)
        .slack(slack, clock)
        .work(desk, busEvents, store)
        .clock(clock)
        .watch(watch, store)
        .webhooks(watch.webhooks());
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private EnvelopeSink.Stored take(
      String dedupeKey, EnvelopeSink.Kind kind, String envelope, String raw) {
    return intake.take(inbox, dedupeKey, kind, envelope, raw);
  }

  private CommandModule commands(
      List<CommandPlugin> plugins, CommandPlugins commandPlugins, Catalogue catalogue) {
    List<Command> more = new ArrayList<>();
    more.addAll(
        JobCommands.all(
            store,
            commandPlugins,
            report,
            (asker, job) -> Objects.requireNonNull(approvalParts.get()).cancelled(asker, job),
            presence,
            clock,
            config.timeZone()));
    more.addAll(ApprovalCommands.all(store, () -> Objects.requireNonNull(approvalParts.get())));
    more.addAll(LockCommands.all(store.slots(), catalogue.applications(), obstacleWords, clock));
    more.addAll(AlertCommands.all(store.alerts(), watch.desk(), watch.artist(), clock));
    more.addAll(FreezeCommands.all(store.freezes(), freezes, catalogue, obstacleWords, clock));
    more.add(
        VersionCommand.of(
            config.replica(),
            Optional.ofNullable(Bot.class.getPackage().getImplementationVersion()),
            clock.instant()));
    AtomicReference<CommandReader> commandLine = new AtomicReference<>();
    more.addAll(
        ScheduleCommands.all(
            store.schedules(),
            (asker, words) -> Objects.requireNonNull(commandLine.get()).check(asker, words),
            clock,
            obstacleWords.times()));
    CommandModule commands =
        new CommandModule(
            plugins,
            more,
            policy,
            policy::explain,
            this::status,
            enrolments,
            presence,
            backends::refresh,
            clock);
    commandLine.set(commands.commandLine(catalogue));
    return commands;
  }

  private Pipeline pipeline(
      CommandModule commands,
      Catalogue catalogue,
      FleetPlanningContext planning,
      Directory people,
      ApprovalModule approvals) {
    return commands.pipeline(
        people,
        catalogue,
        planning,
        backends,
        presence,
        store,
        freezes,
        obstacleWords,
        ConfigMapper.jobs(config.jobs()),
        approvals,
        clock);
  }

  /** How the bot is, line by line, for {@code status} and the health page. */
  public Map<String, String> status() {
    List<Node> nodes = presence.nodes();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("replica", config.replica());
    lines.put("Slack", SlackModule.describe(slack.health()));
    lines.put("acknowledged", ackTimes.describe());
    backends
        .all()
        .forEach(backend -> lines.put(backend.name(), BusModule.describe(backend.state())));
    lines.put(
        "fleet",
        "%d nodes, %d present"
            .formatted(nodes.size(), nodes.stream().filter(Node::present).count()));
    lines.put("watch", watch.describe());
    lines.put("policy", policy.describe());
    freezes
        .standing(clock.instant())
        .forEach(freeze ->
            lines.merge("frozen", obstacleWords.of(freeze), (one, other) -> one + " " + other));
    lines.put("approvals", store.approvals().open(MOST_COUNTED).size() + " waiting");
    lines.put("jobs", desk.running().size() + " running");
    lines.put(
        "outbox", store.outbox().waiting() + " waiting, " + store.outbox().parked() + " given up");
    long unreadable = store.setAside().count();
    if (unreadable > 0) {
      lines.put(
          "set aside",
          unreadable + " rows of the store cannot be read; 'bandmaster storage check' names them");
    }
    clock.complaint().ifPresent(complaint -> lines.put("this machine's clock", complaint));
    lines.put("dropped messages", Long.toString(busEvents.rejectedMessages()));
    return lines;
  }

  private static boolean isListening(SlackConnection slack) {
    return slack.health().state() == SocketHealth.State.CONNECTED;
  }

  /** Whether commands can be taken and carried out at this moment. */
  public boolean isReady() {
    return isListening(slack) && backends.areConnected();
  }

  /** The port of the page with health and metrics. */
  public int webPort() {
    return monitoring.port();
  }

  /** How quickly deliveries are acknowledged. */
  public AckLatency ackTimes() {
    return ackTimes;
  }

  /** The nodes that are present now. */
  public List<Node> nodes() {
    return presence.nodes().stream().filter(Node::present).toList();
  }

  /**
   * Stops taking commands, finishes those that are being read, hands the jobs over to whoever takes
   * the seats, tells Slack what it can still be told, and closes everything.
   */
  @Override
  public void close() {
    try {
      slack.stopReceiving();
      schedules.close();
      approvalClock.close();
      if (!inbox.finish(PATIENCE_AT_STOP)) {
        LOG.warn("Some commands are not read to the end; they are begun anew at the next start");
      }
      seats.close();
      if (!outbox.drain(PATIENCE_AT_STOP)) {
        LOG.warn("Slack was not told everything in time; the rest follows at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("The socket to Slack did not close cleanly", e);
    } catch (StoreUnavailable e) {
      LOG.warn("The outbox cannot be read at the stop: {}", e.getMessage());
    }
    while (!started.isEmpty()) {
      close(started.pop());
    }
    LOG.info("{} is down", config.replica());
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
    }
  }
}
