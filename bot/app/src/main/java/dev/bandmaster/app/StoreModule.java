package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.SharedClock;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.Storage;
import java.time.InstantSource;

/** The store, and what needs nothing but the store: the shared clock and the way to operators. */
final class StoreModule {
  private final boolean shared;
  private final SharedClock clock;
  private final Store store;
  private final OperatorNotifier operators;

  StoreModule(BotConfig config, InstantSource machine, Lifecycle lifecycle) {
    shared = StoreConfigs.isShared(config.store());
    clock = new SharedClock(machine);
    if (!config.store().migrates()) {
      Storage.schemaProblem(StoreConfigs.settings(config.store()))
          .ifPresent(problem -> {
            throw new StoreUnavailable(problem);
          });
    }
    store = lifecycle.own(JdbiStore.open(StoreConfigs.settings(config.store()), clock));
    compareClocks();
    operators = new OperatorNotifier(config.slack().ownerChannel(), store, clock);
  }

  /** Replicas tell the time by their database. */
  void compareClocks() {
    if (shared) {
      clock.compare(store::time);
    }
  }

  SharedClock clock() {
    return clock;
  }

  Store store() {
    return store;
  }

  OperatorNotifier operators() {
    return operators;
  }
}
