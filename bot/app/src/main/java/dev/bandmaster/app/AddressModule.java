package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.engine.addresses.AddressBackend;
import dev.bandmaster.engine.addresses.AddressReturns;
import dev.bandmaster.engine.commands.addresses.AddressCommands;
import dev.bandmaster.engine.pipeline.Command;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Pools of addresses for machines; nothing without their section. */
final class AddressModule {
  private final Optional<AddressReturns> returns;
  private final List<Command> commands;

  AddressModule(BotConfig config, StoreModule stores, FleetModule fleet, Lifecycle lifecycle) {
    returns =
        config
            .addresses()
            .map(addresses ->
                lifecycle.own(
                    new AddressReturns(
                        ConfigMapper.addresses(addresses),
                        stores.store(),
                        fleet.presence()::nodes,
                        config.bus().collective(),
                        config.alerts().quiet(),
                        stores.clock())));
    commands =
        config
            .addresses()
            .map(addresses ->
                AddressCommands.all(stores.store().addresses(), addresses.pools(), stores.clock()))
            .orElse(List.of());
  }

  /** The backend that gives addresses to machines. */
  static Optional<ExecutionBackend> backend(
      BotConfig config, StoreModule stores, RandomGenerator random) {
    return config
        .addresses()
        .map(addresses ->
            new AddressBackend(
                ConfigMapper.addresses(addresses),
                stores.store(),
                config.bus().collective(),
                config.alerts().quiet(),
                stores.clock(),
                random));
  }

  List<Command> commands() {
    return commands;
  }

  void start() {
    returns.ifPresent(AddressReturns::start);
  }
}
