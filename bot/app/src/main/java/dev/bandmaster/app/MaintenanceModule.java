package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.engine.retention.RetentionService;
import java.util.random.RandomGenerator;

/** What keeps the store small and reports what is wrong in it. */
final class MaintenanceModule {
  private final RetentionService retention;
  private final SetAsideNotifier setAside;
  private final AuditAnchors anchors;

  MaintenanceModule(
      BotConfig config,
      StoreModule stores,
      FleetModule fleet,
      RandomGenerator random,
      Lifecycle lifecycle) {
    retention =
        lifecycle.own(
            new RetentionService(
                stores.store().past(),
                ConfigMapper.retention(config.retention()),
                stores.clock(),
                random));
    anchors =
        lifecycle.own(
            new AuditAnchors(
                stores.store().audit(), fleet.keys()::signing, stores.operators(), stores.clock()));
    setAside = lifecycle.own(new SetAsideNotifier(stores.store(), stores.operators()::send));
  }

  void start() {
    retention.start();
    setAside.start();
    anchors.start();
  }
}
