package dev.bandmaster.app;

import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.alerts.FleetWatch;
import dev.bandmaster.engine.hooks.HookCalls;
import dev.bandmaster.engine.watchdog.Watchdog;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the watch over the nodes asks of the rest of the bot. */
record WatchSurroundings(
    Store store, FleetModule fleet, HookCalls hooks, Optional<Watchdog> watchdog)
    implements FleetWatch.FleetSurroundings {

  @Override
  public boolean isConnected() {
    return fleet.backends().areConnected();
  }

  @Override
  public boolean isTrusted(String node) {
    return fleet.enrolments().directory().keyOf(node).isPresent();
  }

  @Override
  public Collection<String> underWork() {
    return store.jobs().nodesUnderWork();
  }

  @Override
  public void ask(List<String> nodes) {
    fleet.backends().refresh(nodes);
  }

  @Override
  public List<Change> with(NodeTransition transition, Instant now) {
    return hooks.with(transition, now);
  }

  @Override
  public void watched(Instant now) {
    watchdog.ifPresent(dog -> dog.watched(now));
  }
}
