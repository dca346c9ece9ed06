package dev.bandmaster.benchmark;

import com.sun.management.OperatingSystemMXBean;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.DetectorRules;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.alerts.AlertRoutes;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.alerts.FleetWatch;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.outbox.OutboxSender;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What of a bot watches the fleet, on a store of its own: everything between the arrival of a beat
 * and a call of Slack. The next look follows the last one as it would in real time: after the pause
 * and the time that the last one took.
 */
final class WatchingBot implements AutoCloseable {
  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final SimulatedTime time;
  private final Store store;
  private final Presence presence;
  private final FleetWatch watch;
  private final OutboxSender sender;
  private Instant nextLook;
  private long processorNanos;
  private Duration lastLook = Duration.ZERO;
  private boolean connected = true;

  WatchingBot(Path file, SimulatedTime time, CountingSlack slack) {
    this.time = time;
    this.nextLook = time.instant();
    store = JdbiStore.open(new StoreSettings.Sqlite(file), time);
    presence = new Presence(store, time);
    TimeText words = new TimeText(ZoneOffset.UTC);
    AlertService service =
        new AlertService(
            store,
            new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
            new AlertNotifier(new AlertRenderer(words), Optional.empty()),
            time);
    watch =
        new FleetWatch(
            store,
            DetectorRules.standard("main"),
            service,
            new Surroundings(),
            words,
            "bench",
            time);
    sender = new OutboxSender(store.outbox(), slack, slack, "bench", time, new Random(1));
    store.onShow(sender::wake);
    sender.start();
  }

  /** What the rest of a bot would say; there is no work and everybody is trusted. */
  private final class Surroundings implements FleetWatch.FleetSurroundings {
    @Override
    public boolean isConnected() {
      return connected;
    }

    @Override
    public boolean isTrusted(String node) {
      return true;
    }

    @Override
    public Collection<String> underWork() {
      return store.jobs().nodesUnderWork();
    }

    @Override
    public void ask(List<String> nodes) {}
  }

  /** Events arrive, as the bus hands them on. */
  void receive(List<PresenceEvent> events) {
    measured(() -> {
      watch.receive(events);
      presence.observe(events);
      watch.taken();
    });
  }

  /** Looks, if it is time. */
  boolean lookIfDue() throws InterruptedException {
    if (time.instant().isBefore(nextLook)) {
      return false;
    }
    long began = System.nanoTime();
    measured(watch::look);
    lastLook = Duration.ofNanos(System.nanoTime() - began);
    nextLook = time.instant().plus(FleetWatch.LOOK).plus(lastLook);
    return true;
  }

  /** Until Slack was told all that it may be told by now. */
  void settle() throws InterruptedException {
    while (!store.outbox().due(time.instant(), 1).isEmpty()) {
      sender.wake();
      Thread.sleep(1);
    }
  }

  private void measured(Runnable work) {
    long before = MACHINE.getProcessCpuTime();
    work.run();
    processorNanos += MACHINE.getProcessCpuTime() - before;
  }

  /** The time of all processors that this process took while the bot had something to do. */
  Duration processorTime() {
    return Duration.ofNanos(processorNanos);
  }

  /** How long the last look took. */
  Duration lastLook() {
    return lastLook;
  }

  boolean isDown(String node) {
    return watch.life(node).filter(life -> life.state() == NodeState.DOWN).isPresent();
  }

  boolean isUp(String node) {
    return watch.life(node).filter(life -> life.state() == NodeState.UP).isPresent();
  }

  @Override
  public void close() {
    watch.close();
    sender.close();
    store.close();
  }
}
