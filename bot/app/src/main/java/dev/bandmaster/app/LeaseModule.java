package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.leases.HeldLeases;
import dev.bandmaster.engine.leases.LeaseManager;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases of this replica, and the work that comes with them. */
final class LeaseModule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseModule.class);

  private final LeaseManager leases;

  LeaseModule(
      BotConfig config,
      StoreModule stores,
      FleetModule fleet,
      JobModule jobs,
      ChatModule chat,
      IntakeModule intake,
      HeldLeases held,
      RandomGenerator random,
      Lifecycle lifecycle) {
    Store store = stores.store();
    LeaseDuties duties =
        new LeaseDuties(
            store.outbox(),
            jobs.engine(),
            fleet.backends(),
            intake.inbox(),
            chat.platform().limits(),
            fleet.enrolments(),
            stores::compareClocks,
            ItemGuard.logging(
                LOG, "Lease duty", stores.clock(), StoreUnavailable.class::isInstance));
    leases =
        new LeaseManager(
            store.leases(),
            held,
            StoreConfigs.holder(config, random),
            config.jobs().lease(),
            duties,
            stores.clock());
    lifecycle.own(this);
  }

  void start() {
    leases.start();
  }

  /** Gives the leases up. */
  @Override
  public void close() {
    leases.close();
  }
}
