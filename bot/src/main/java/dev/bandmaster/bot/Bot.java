package dev.bandmaster.bot;

import dev.bandmaster.bot.catalogue.Catalogue;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.command.Commands;
import dev.bandmaster.bot.command.FrontDesk;
import dev.bandmaster.bot.command.Pipeline;
import dev.bandmaster.bot.fleet.Enrolments;
import dev.bandmaster.bot.fleet.Planning;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.bot.inbox.InboxWorker;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.outbox.OutboxSender;
import dev.bandmaster.bot.policy.PolicyKeeper;
import dev.bandmaster.bot.slack.EnvelopeSink;
import dev.bandmaster.bot.slack.SlackConnection;
import dev.bandmaster.bot.slack.SocketHealth;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.StoreUnavailable;
import dev.bandmaster.bot.store.jdbi.JdbiStore;
import dev.bandmaster.bot.work.BusEvents;
import dev.bandmaster.bot.work.Dispatcher;
import dev.bandmaster.bot.work.FleetCall;
import dev.bandmaster.bot.work.JobArtist;
import dev.bandmaster.bot.work.JobClock;
import dev.bandmaster.bot.work.JobDesk;
import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.AmqpAgentBus;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.BusConfig;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.KeyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final BotConfig config;
  private final InstantSource clock;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Store store;
  private final PolicyKeeper policy;
  private final AgentBus bus;
  private final Presence presence;
  private final Enrolments enrolments;
  private final JobDesk desk;
  private final Dispatcher dispatcher;
  private final JobClock jobClock;
  private final InboxWorker inbox;
  private final OutboxSender outbox;
  private final SlackConnection slack;
  private final BusEvents busEvents;
  private final AckTimes ackTimes = new AckTimes();

  private Bot(
      BotConfig config, InstantSource clock, RandomGenerator random, Consumer<String> onFatal) {
    this.config = config;
    this.clock = clock;
    List<CommandPlugin> plugins = StandardPlugins.all();
    store = keep(JdbiStore.open(StoreConfigs.settings(config.store()), clock));
    enrolments =
        new Enrolments(
            store,
            config.bus().enrolment() == BusConfig.Enrolment.AUTOMATIC,
            clock,
            (node, fingerprint) ->
                tellOwners(
                    "%s wants to join, fingerprint %s. Compare it with the agent's log, then say 'fleet accept %s' or 'fleet reject %s'."
                        .formatted(node, fingerprint, node, node)));
    policy = keep(new PolicyKeeper(config.policy(), store, this::tellOwners));
    bus = keep(bus(config, clock, random));
    presence = new Presence(store, clock);
    FleetCall fleetCall = new FleetCall(bus, config.replica(), config.bus().collective(), clock);
    desk = new JobDesk(store, new JobArtist(Commands.presenters(plugins)), clock);
    busEvents = new BusEvents(desk, presence, enrolments, fleetCall);
    dispatcher =
        keep(new Dispatcher(bus, desk, config.replica(), config.bus().collective(), clock));
    jobClock = keep(new JobClock(desk, config.jobs().redraw(), clock));
    slack =
        keep(
            SlackConnection.open(
                SlackParts.settings(config.slack()),
                (key, kind, raw) -> take(key, kind.name(), raw),
                SlackConnection.Listener.of(ackTimes::add, onFatal),
                clock,
                random));
    inbox =
        keep(
            new InboxWorker(
                store,
                SlackParts.interpreter(slack.interpreter()),
                new FrontDesk(pipeline(plugins, fleetCall), store, desk, dispatcher),
                clock));
    outbox =
        keep(
            new OutboxSender(
                store.outbox(), slack.chat(), SlackParts.pace(slack.budget()), clock, random));
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
    List<Job> unfinished = desk.resume();
    outbox.start();
    bus.start(busEvents);
    unfinished.forEach(dispatcher::dispatch);
    jobClock.start();
    inbox.resume();
    slack.start();
    LOG.info("{} is up; {} unfinished jobs are taken up", config.replica(), unfinished.size());
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private EnvelopeSink.Stored take(String dedupeKey, String kind, String payload) {
    return inbox.take(dedupeKey, kind, payload)
        ? EnvelopeSink.Stored.STORED
        : EnvelopeSink.Stored.DUPLICATE;
  }

  private AgentBus bus(BotConfig config, InstantSource clock, RandomGenerator random) {
    BusConfig settings = config.bus();
    return new AmqpAgentBus(
        ConnectionSettings.of(settings.uri().reveal(), settings.collective(), config.replica())
            .withPrefix(settings.prefix()),
        new BotCodec(List.of(keys(settings, clock)), enrolments.directory()),
        clock,
        random);
  }

  /** The bot's keys, made at the first start. */
  static BotKeys keys(BusConfig settings, InstantSource clock) {
    try {
      return KeyFiles.bot(settings.keys().resolve("bot.json"), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private Pipeline pipeline(List<CommandPlugin> plugins, FleetCall fleetCall) {
    Catalogue catalogue = new Catalogue(config.environments(), config.apps());
    return new Commands(
            plugins,
            policy,
            policy::explain,
            this::status,
            enrolments,
            presence,
            fleetCall::soon,
            clock)
        .pipeline(
            SlackParts.people(slack.directory()),
            catalogue,
            new Planning(presence, catalogue, clock),
            presence,
            store.jobs(),
            config.jobs(),
            clock);
  }

  /** How the bot is, line by line, for {@code status} and the health page. */
  public Map<String, String> status() {
    List<Node> nodes = presence.nodes();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("replica", config.replica());
    lines.put("Slack", SlackParts.describe(slack.health()));
    lines.put("acknowledged", ackTimes.describe());
    lines.put("bus", describe(bus.state()));
    lines.put(
        "fleet",
        "%d nodes, %d present"
            .formatted(nodes.size(), nodes.stream().filter(Node::present).count()));
    lines.put("policy", policy.describe());
    lines.put("jobs", desk.running().size() + " running");
    lines.put(
        "outbox", store.outbox().waiting() + " waiting, " + store.outbox().parked() + " given up");
    lines.put("dropped messages", Long.toString(busEvents.rejectedMessages()));
    return lines;
  }

  private static String describe(BusState state) {
    return switch (state) {
      case BusState.Connected(var since) ->
          "connected since " + since.truncatedTo(ChronoUnit.SECONDS);
      case BusState.Disconnected(var reason, var since) ->
          "away since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + reason;
      case BusState.Refused(var reason, var _) -> "refused: " + reason;
      case BusState.Closed _ -> "closed";
    };
  }

  /** Whether commands can be taken and carried out at this moment. */
  public boolean isReady() {
    return slack.health().state() == SocketHealth.State.CONNECTED
        && bus.state() instanceof BusState.Connected;
  }

  /** How quickly deliveries are acknowledged. */
  public AckTimes ackTimes() {
    return ackTimes;
  }

  /** The nodes that are present now. */
  public List<Node> nodes() {
    return presence.nodes().stream().filter(Node::present).toList();
  }

  private void tellOwners(String sentence) {
    LOG.info("For the owners: {}", sentence);
    Optional<String> channel = config.slack().ownerChannel();
    channel.ifPresent(id ->
        store.commit(
            new Change.Show(
                "owners:" + Ids.next(clock.instant()),
                new Outbound.Shown(
                    new Place(id, Place.Kind.CHANNEL, Optional.empty()),
                    Message.sentence(sentence),
                    false),
                Urgency.SOON)));
  }

  /** Stops taking commands, tells Slack what it can still be told, and closes everything. */
  @Override
  public void close() {
    try {
      slack.stopReceiving();
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
