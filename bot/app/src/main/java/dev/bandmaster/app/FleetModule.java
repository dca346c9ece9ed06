package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.BusConfig;
import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.fleet.Announcements;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.FleetPlanningContext;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.LiveBotKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The nodes and applications: who belongs to the fleet, who is there, and how to reach them. */
final class FleetModule {
  private final Enrolments enrolments;
  private final FleetKeys keys;
  private final KeyNotifier keyNotifier;
  private final ExecutionBackend bus;
  private final Backends backends;
  private final Presence presence;
  private final Announcements announcements;
  private final Catalogue catalogue;
  private final FleetPlanningContext planning;

  FleetModule(BotConfig config, StoreModule stores, RandomGenerator random, Lifecycle lifecycle) {
    enrolments =
        new Enrolments(
            stores.store(),
            config.bus().enrolment() == BusConfig.Enrolment.AUTOMATIC,
            stores.clock(),
            new EnrolmentNotifier(
                stores.operators()::send, node -> presence().lastSeen(node), stores.clock()));
    LiveBotKeys held = BusModule.keys(config.bus(), stores.clock());
    keys =
        new FleetKeys(
            held,
            new BotCodec(held, enrolments.directory()),
            stores.store(),
            config.bus().nodeKeyLifetime(),
            stores.clock());
    keyNotifier =
        lifecycle.own(new KeyNotifier(config.replica(), keys, stores.operators(), stores.clock()));
    bus = lifecycle.own(BusModule.backend(config, keys.codec(), stores.clock(), random));
    Map<String, ExecutionBackend> services =
        BootstrapperModule.backends(config, stores.clock(), random);
    services.values().forEach(lifecycle::own);
    Map<String, String> names = new LinkedHashMap<>();
    services.forEach((environment, service) -> names.put(environment, service.name()));
    backends =
        new Backends(Stream.concat(Stream.of(bus), services.values().stream()).toList(), names);
    presence = new Presence(stores.store(), backends::inventory, stores.clock());
    announcements =
        new Announcements(
            presence,
            enrolments,
            config.expectedNodes(),
            backends::refresh,
            Announcements.PATIENCE,
            stores.clock());
    catalogue = ConfigMapper.catalogue(config);
    planning =
        new FleetPlanningContext(
            presence, catalogue, stores.store().jobs(), stores.clock(), announcements);
  }

  Enrolments enrolments() {
    return enrolments;
  }

  FleetKeys keys() {
    return keys;
  }

  /** Begins to watch when keys end. */
  void start() {
    keyNotifier.start();
  }

  ExecutionBackend bus() {
    return bus;
  }

  Backends backends() {
    return backends;
  }

  Presence presence() {
    return presence;
  }

  Announcements announcements() {
    return announcements;
  }

  Catalogue catalogue() {
    return catalogue;
  }

  FleetPlanningContext planning() {
    return planning;
  }
}
