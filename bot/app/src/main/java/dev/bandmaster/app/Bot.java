package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.intake.DialogCatalogue;
import dev.bandmaster.engine.leases.HeldLeases;
import dev.bandmaster.engine.oncall.OnCall;
import dev.bandmaster.engine.policy.PolicyKeeper;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: the list of the bot's modules, and the order in which they start. They stop
 * in the reverse order.
 */
public final class Bot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bot.class);

  /**
   * How long a stop waits for commands that are being read, and for what is to be sent to Slack.
   */
  static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

  private final String replica;
  private final Lifecycle lifecycle;
  private final FleetModule fleet;
  private final ChatModule chat;
  private final StatusReport status;
  private final HttpModule http;

  private Bot(
      BotConfig config,
      ChatPlatform.Factory platform,
      InstantSource machine,
      RandomGenerator random,
      Consumer<String> onFatal,
      Lifecycle parts) {
    replica = config.replica();
    lifecycle = parts;
    List<CommandPlugin> plugins = BootstrapperModule.plugins(config);
    var stores = new StoreModule(config, machine, parts);
    var policy =
        parts.own(
            new PolicyKeeper(
                config.policy(),
                platform.ids(),
                PolicyVocabulary.of(config),
                stores.store(),
                sentence -> stores.operators().send(replica + ": " + sentence)));
    var commands = new CommandModule(policy);
    fleet = new FleetModule(config, stores, random, parts);
    DialogCatalogue forms = commands.forms(BotCommands.reasons(stores.store()));
    var api = new ApiModule(config, stores);
    chat = new ChatModule(platform, stores, api.services(), forms, onFatal, random, parts);
    var jobs = new JobModule(config, plugins, stores, fleet.catalogue(), chat.platform(), parts);
    OnCall onCall =
        parts.own(OnCallModule.of(config, platform.ids().user()::matches, stores.clock()));
    var alerts = new AlertModule(config, stores, fleet, onCall, parts);
    var backends = new BackendModule(stores, fleet, jobs, alerts, random, parts);
    var maintenance = new MaintenanceModule(config, stores, random, parts);
    var approvals = new ApprovalsModule(config, stores, fleet, jobs, chat, commands, parts);
    var added = new PluginModule(config, stores, commands, jobs, parts);
    status = new StatusReport(replica, stores, policy, fleet, jobs, alerts, backends, chat);
    BotCommands.register(
        replica,
        commands,
        plugins,
        stores,
        policy,
        fleet,
        jobs,
        alerts,
        approvals.approvals(),
        added.manager(),
        RunbookModule.library(config, added.manager()),
        onCall,
        api.commands(),
        status);
    var held = new HeldLeases(replica);
    var intake =
        new IntakeModule(
            config, stores, policy, fleet, jobs, alerts, chat, approvals, commands, forms, held,
            onCall, parts);
    var outbox = new OutboxModule(config, stores, alerts, chat, api, random, parts);
    http =
        parts.own(
            new HttpModule(
                replica,
                config.web(),
                stores.store(),
                chat.platform(),
                fleet.backends(),
                stores.clock()));
    var leases = new LeaseModule(config, stores, fleet, jobs, chat, intake, held, random, parts);
    var runbooks = new RunbookModule(config, stores, intake.inbox(), parts);
    var schedules = new ScheduleModule(config, stores, intake.inbox(), parts);

    parts.onStart("plugins", added.manager()::start);
    parts.onStart("policy", policy::start);
    parts.onStart("outbox", outbox::start, outbox::drain);
    parts.onStart(
        "jobs",
        () ->
            jobs.engine().start(backends.dispatcher(), approvals.approvals().secondLook(), alerts));
    parts.onStart("oncall", onCall::start);
    parts.onStart("alerts", alerts::start);
    parts.onStart("backends", backends::start);
    parts.onStart("leases", leases::start, leases::close);
    parts.onStart("intake", intake::start, intake::finish);
    parts.onStart("approvals", approvals::start, approvals::close);
    parts.onStart("schedules", schedules::start, schedules::close);
    parts.onStart("runbooks", runbooks::start, runbooks::close);
    parts.onStart("maintenance", maintenance::start);
    parts.onStart("chat", () -> chat.start(intake.inbox()), chat::stopReceiving);
    parts.onStart(
        "http",
        () ->
            http.start(
                () ->
                    BotMetrics.of(
                        config.metrics(), stores, chat, jobs, backends, alerts, outbox.sender()),
                alerts.webhooks(),
                api.routes(intake, fleet, jobs)));
  }

  /**
   * Starts a bot; returns when it has begun to connect. It reconnects by itself to whatever goes
   * away. If it cannot be started, nothing is left of it.
   *
   * @param onFatal receives the reason why the bot can never work as it is configured
   * @throws StoreUnavailable if the store cannot be used
   */
  public static Bot start(
      BotConfig config, InstantSource clock, RandomGenerator random, Consumer<String> onFatal) {
    return start(config, SlackModule.platform(config.slack()), clock, random, onFatal);
  }

  /** The same with another chat platform than Slack. */
  public static Bot start(
      BotConfig config,
      ChatPlatform.Factory platform,
      InstantSource clock,
      RandomGenerator random,
      Consumer<String> onFatal) {
    Bot bot = Lifecycle.launch(parts -> new Bot(config, platform, clock, random, onFatal, parts));
    LOG.info("{} is up", bot.replica);
    return bot;
  }

  /** How the bot is, line by line, for {@code status} and the health page. */
  public Map<String, String> status() {
    return status.lines();
  }

  /** Whether commands can be taken and carried out at this moment. */
  public boolean isReady() {
    return chat.isListening() && fleet.backends().areConnected();
  }

  /** The port of the page with health and metrics. */
  public int webPort() {
    return http.port();
  }

  /** How quickly deliveries are acknowledged. */
  public AckLatency ackTimes() {
    return chat.ackTimes();
  }

  /** The nodes that are present now. */
  public List<Node> nodes() {
    return fleet.presence().nodes().stream().filter(Node::present).toList();
  }

  /**
   * Stops taking commands, finishes those that are being read, hands the jobs over to the one that
   * takes the leases, sends Slack what can still be sent, and closes everything.
   */
  @Override
  public void close() {
    lifecycle.close();
    LOG.info("{} is down", replica);
  }
}
