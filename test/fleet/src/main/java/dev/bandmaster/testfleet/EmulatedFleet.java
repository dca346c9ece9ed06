package dev.bandmaster.testfleet;

import dev.bandmaster.bus.AmqpNodeHost;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.NodeOptions;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.Stamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Many emulated agents on a real broker. Closing it stops them without a {@code leave}: they just
 * fall silent.
 */
public final class EmulatedFleet implements AutoCloseable {
  private final List<AmqpNodeHost> hosts = new ArrayList<>();
  private final List<EmulatedAgent> agents = new ArrayList<>();
  private final ExecutorService work =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fleet-", 0).factory());

  private final Ledger ledger = new Ledger();
  private volatile Behaviour behaviour;

  private EmulatedFleet(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  /**
   * Starts a fleet; the nodes connect and join in the background.
   *
   * @param random drives keys' boot ids, waits and heartbeats; safe for many threads, as {@code
   *     SecureRandom} is
   */
  public static EmulatedFleet start(
      FleetSettings settings,
      Naming naming,
      Behaviour behaviour,
      InstantSource clock,
      RandomGenerator random) {
    var fleet = new EmulatedFleet(behaviour);
    for (int i = 0; i < settings.connections(); i++) {
      fleet.hosts.add(
          new AmqpNodeHost(
              settings.connection().withName("fleet-" + (i + 1)), settings.ring(), clock, random));
    }
    var shared =
        new EmulatedAgent.Shared(
            () -> fleet.behaviour,
            fleet.ledger,
            settings.jobHeartbeat(),
            fleet.work,
            clock,
            random);
    for (int i = 0; i < settings.count(); i++) {
      NodeDescription self = naming.describe(i);
      long incarnation = clock.millis();
      var stamps =
          new Stamps(self.node(), self.env(), Boots.id(incarnation, random), incarnation, clock);
      var bus =
          fleet
              .hosts
              .get(i % fleet.hosts.size())
              .add(
                  self,
                  NodeKeys.generate(),
                  stamps,
                  new NodeOptions(settings.inboxes(), Set.of(), settings.enrolmentToken()));
      var agent = new EmulatedAgent(bus, self, stamps, incarnation, shared);
      bus.start(agent);
      fleet.agents.add(agent);
    }
    fleet.hosts.forEach(AmqpNodeHost::start);
    fleet.work.execute(new Heartbeats(List.copyOf(fleet.agents), settings.heartbeat(), random));
    return fleet;
  }

  /** Whether every node is connected and has joined. */
  public boolean isReady() {
    return hosts.stream().allMatch(host -> host.state() instanceof BusState.Connected)
        && agents.stream().allMatch(EmulatedAgent::hasJoined);
  }

  /** The nodes' names, in the order of their index. */
  public List<String> names() {
    return agents.stream().map(EmulatedAgent::name).toList();
  }

  /** Every node as it is at this moment, in the order of their index. */
  public List<EmulatedNode> nodes() {
    return agents.stream().map(EmulatedAgent::node).toList();
  }

  /** How requests are treated that arrive from now on. */
  public void behave(Behaviour other) {
    behaviour = other;
  }

  /** Kills some nodes; each comes back in a new life after a while. */
  public void crash(Predicate<String> nodes, Duration away) {
    agents.stream().filter(agent -> nodes.test(agent.name())).forEach(agent -> agent.crash(away));
  }

  /** What was really done. */
  public Ledger ledger() {
    return ledger;
  }

  /**
   * How often requests have been run, all nodes together; a request counts once per node that ran
   * it.
   */
  public long runs() {
    return ledger.total();
  }

  @Override
  public void close() {
    // The connections first: a request that arrives after its executor is gone would come again.
    hosts.reversed().forEach(AmqpNodeHost::close);
    work.shutdownNow();
    work.close();
  }
}
