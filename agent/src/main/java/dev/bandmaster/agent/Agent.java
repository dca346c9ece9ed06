package dev.bandmaster.agent;

import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.adhoc.AdhocModule;
import dev.bandmaster.agent.alert.AlertFolder;
import dev.bandmaster.agent.deploy.DeployModule;
import dev.bandmaster.agent.exec.ExecModules;
import dev.bandmaster.agent.facts.FactsModule;
import dev.bandmaster.agent.facts.NodeSelf;
import dev.bandmaster.agent.intake.ActionCatalogue;
import dev.bandmaster.agent.intake.RequestIntake;
import dev.bandmaster.agent.job.JobModule;
import dev.bandmaster.agent.job.JobRunner;
import dev.bandmaster.agent.job.NodeIdentity;
import dev.bandmaster.agent.job.ReplyChannels;
import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.agent.journal.JournalEntry;
import dev.bandmaster.agent.journal.JournalEntry.State;
import dev.bandmaster.agent.logs.LogModule;
import dev.bandmaster.agent.outbox.ReplyOutbox;
import dev.bandmaster.agent.ping.PingModule;
import dev.bandmaster.agent.presence.Announcer;
import dev.bandmaster.agent.presence.Incarnation;
import dev.bandmaster.agent.presence.Presence;
import dev.bandmaster.agent.process.ProgramNotes;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.bus.Acknowledgement;
import dev.bandmaster.bus.AmqpNodeBus;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.Incoming;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.bus.NodeOptions;
import dev.bandmaster.bus.RequestHandler;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Stamps;
import dev.bandmaster.yaml.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent at work: everything it consists of, put together. Several can live in one process, each
 * with a state folder of its own.
 */
public final class Agent implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  private static final List<String> CAPABILITIES =
      List.of(
          AdhocModule.CAPABILITY,
          DeployModule.CAPABILITY,
          FactsModule.CAPABILITY,
          JobModule.CAPABILITY,
          LogModule.CAPABILITY,
          PingModule.CAPABILITY);

  private static final Duration REPAIR_EVERY = Duration.ofSeconds(5);

  private enum Life {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED
  }

  private final AtomicReference<Life> life = new AtomicReference<>(Life.STARTING);
  private final AgentConfig config;
  private final AgentTimes times;
  private final StateDirectory state;
  private final Journal journal;
  private final Supervisor supervisor;
  private final NodeBus bus;
  private final AlertFolder alerts;
  private final ReplyOutbox outbox;
  private final ReplyChannels channels;
  private final JobRunner runner;
  private final RequestIntake intake;
  private final Presence presence;
  private @Nullable Thread repairs;

  /**
   * Starts an agent that connects to the broker its configuration names, with keys from its state
   * folder.
   *
   * @throws IOException with a sentence when state folder, journal or keys cannot be used
   */
  public static Agent connect(AgentConfig config, InstantSource clock, RandomGenerator random)
      throws IOException {
    NodeKeys keys = AgentKeys.own(config);
    Supplier<BotKeyRing> bots = AgentKeys.bots(config, clock);
    LOG.info("Agent {}: key fingerprint {}", config.node(), keys.publicKey().fingerprint());
    ConnectionSettings connection =
        ConnectionSettings.of(config.uri().reveal(), config.collective(), config.node())
            .withPrefix(config.prefix());
    NodeOptions options = NodeOptions.USUAL.withToken(config.enrolmentToken().map(Secret::reveal));
    return start(
        config,
        AgentTimes.USUAL,
        (self, stamps) ->
            new AmqpNodeBus(connection, self, keys, bots, stamps, options, clock, random),
        clock,
        random);
  }

  /**
   * Starts an agent on a bus of the caller's choice. The agent owns the bus from then on and closes
   * it.
   *
   * @throws IOException with a sentence when state folder or journal cannot be used
   */
  public static Agent start(
      AgentConfig config,
      AgentTimes times,
      NodeBusFactory buses,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    StateDirectory state = StateDirectory.open(config.state());
    try {
      Agent agent = new Agent(config, times, state, buses, clock, random);
      agent.begin();
      return agent;
    } catch (IOException | RuntimeException e) {
      state.close();
      throw e;
    }
  }

  private Agent(
      AgentConfig config,
      AgentTimes times,
      StateDirectory state,
      NodeBusFactory buses,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    this.config = config;
    this.times = times;
    this.state = state;
    this.journal = Journal.open(state.journal(), clock);

    long incarnation = Incarnation.next(state.path(), clock);
    String boot = Boots.id(incarnation, random);
    Stamps stamps = new Stamps(config.node(), config.env(), boot, incarnation, clock);
    this.supervisor = new Supervisor(new ProgramNotes(state.programs(), random), times.termGrace());
    PingModule ping = new PingModule(AgentVersion.text(), clock);
    DeployModule deploy =
        new DeployModule(config.env(), config.apps(), config.units(), supervisor, clock);
    AdhocModule adhoc =
        new AdhocModule(
            config.adhoc(),
            state.work(),
            ping,
            new ExecModules(config.exec(), state.work()).actions());
    NodeSelf self = new NodeSelf(config, AgentVersion.text(), deploy::versions, CAPABILITIES);

    this.bus = buses.create(self.get(), stamps);
    Announcer announcer = new Announcer(bus, stamps);
    this.alerts = new AlertFolder(state.alerts(), announcer);
    this.outbox = new ReplyOutbox(bus, state.spool(), random, times.spoolJitter());
    this.channels = new ReplyChannels(new NodeIdentity(config.node(), boot), outbox, clock);
    this.presence =
        new Presence(announcer, self, this::running, config.limits().heartbeat(), random);
    this.runner =
        new JobRunner(
            times.jobs(config.limits().jobs(), config.limits().output()),
            supervisor,
            journal,
            announcer,
            presence::changed,
            clock);
    this.intake =
        new RequestIntake(
            new ActionCatalogue(
                List.of(
                    ping,
                    new FactsModule(self),
                    adhoc,
                    deploy,
                    new LogModule(config.logs(), supervisor, clock, ZoneId.systemDefault()),
                    new JobModule(runner, journal))),
            config,
            journal,
            channels,
            runner,
            announcer,
            times.jobHeartbeat(),
            clock);
  }

  /** The name of the node. */
  public String node() {
    return config.node();
  }

  /** Whether the agent is reachable now. */
  public BusState busState() {
    return bus.state();
  }

  private int running() {
    return runner.running();
  }

  private void begin() throws IOException {
    outbox.start();
    reportWhatWasInterrupted();
    bus.start(new Handler());
    presence.start();
    alerts.start();
    repairs = Thread.ofVirtual().name("journal-repair").start(this::repairJournal);
    life.set(Life.RUNNING);
    LOG.info(
        "Agent {} of {} in {} is running: {} rules in its policy, apps {}",
        config.node(),
        config.collective(),
        config.env(),
        config.policy().size(),
        config.apps().keySet());
  }

  /**
   * What the journal promised and has no end for was interrupted: it is reported as lost and never
   * run again. What ended but may not have been reported is reported again.
   */
  private void reportWhatWasInterrupted() throws IOException {
    String leftOvers = endLeftOvers();
    for (JournalEntry entry : journal.in(State.ACCEPTED)) {
      LOG.warn("Request {} ({}) was interrupted by the end of the agent", entry.id(), entry.what());
      String words =
          "The agent restarted during this request. Its progress is unknown; it is not "
              + "run again. "
              + leftOvers;
      journal.finish(entry.id(), ActionOutcome.of(FinalCode.LOST, words.strip()).asFinal());
    }
    for (JournalEntry entry : journal.in(State.FINISHED)) {
      ReportBody.Final end = entry.result();
      if (end != null) {
        channels.open(entry.id(), entry.replyTo()).send(end, () -> reported(entry.id()));
      }
    }
  }

  private String endLeftOvers() throws IOException {
    try {
      String words = supervisor.endLeftOvers();
      if (!words.isEmpty()) {
        LOG.warn("Programs left running by the previous agent process: {}", words);
      }
      return words;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The agent was stopped while starting.", e);
    }
  }

  /** What the disk did not take is written when it works again, also when nothing new comes. */
  private void repairJournal() {
    try {
      while (true) {
        Thread.sleep(REPAIR_EVERY);
        try {
          journal.repair();
        } catch (IOException | RuntimeException e) {
          LOG.debug("The journal cannot be compacted now: {}", e.getMessage());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reported(String id) {
    try {
      journal.reported(id);
    } catch (IOException e) {
      LOG.error(
          "Cannot record in the journal that request {} was reported: {}", id, e.getMessage());
    }
  }

  private final class Handler implements RequestHandler {

    private volatile boolean blocked;

    @Override
    public void request(Incoming incoming) {
      if (incoming instanceof Incoming.Genuine(Request request, _, Acknowledgement receipt)
          && PresenceCall.is(request)) {
        presence.introduce();
        receipt.done();
        return;
      }
      intake.take(incoming);
    }

    @Override
    public void stateChanged(BusState now) {
      boolean wasBlocked = blocked;
      blocked = now instanceof BusState.Blocked;
      switch (now) {
        case BusState.Connected _ when wasBlocked -> {
          LOG.info("The broker accepts messages from agent {} again", config.node());
          presence.changed();
        }
        case BusState.Connected _ -> {
          LOG.info("Agent {} is connected", config.node());
          presence.connected();
        }
        case BusState.Blocked(String reason, _) ->
            LOG.warn(
                "The broker accepts no messages from agent {}: {}. Replies are kept on disk",
                config.node(),
                reason);
        case BusState.Disconnected(String reason, _) ->
            LOG.warn("Agent {} is not connected: {}", config.node(), reason);
        case BusState.Refused(String reason, _) ->
            LOG.error("The broker refuses agent {}: {}", config.node(), reason);
        case BusState.Closed _ -> LOG.info("Agent {} disconnected", config.node());
      }
    }
  }

  /**
   * Stops: takes no more requests, lets running ones end for a while and ends the others, sends
   * what is left to say, takes leave.
   */
  @Override
  public void close() {
    if (!life.compareAndSet(Life.RUNNING, Life.STOPPING)) {
      return;
    }
    intake.close();
    Thread repairing = repairs;
    if (repairing != null) {
      repairing.interrupt();
    }
    alerts.close();
    try {
      runner.drain(times.drain());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    outbox.close();
    presence.close();
    bus.close();
    runner.close();
    try (state) {
      journal.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the state folder of agent {}: {}", config.node(), e.getMessage());
    }
    life.set(Life.STOPPED);
  }
}
