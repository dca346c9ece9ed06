package dev.bandmaster.app;

import dev.bandmaster.backends.bus.AgentBusBackend;
import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.AmqpAgentBus;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.BusConfig;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.LiveBotKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Makes the bot's end of the bus from its configuration, and says how it is. */
final class BusModule {
  private BusModule() {}

  static AgentBusBackend backend(
      BotConfig config, BotCodec codec, InstantSource clock, RandomGenerator random) {
    BusConfig settings = config.bus();
    AgentBus bus =
        new AmqpAgentBus(
            ConnectionSettings.of(settings.uri().reveal(), settings.collective(), config.replica())
                .withPrefix(settings.prefix()),
            codec,
            clock,
            random);
    return new AgentBusBackend(bus, config.replica(), settings.collective(), clock);
  }

  /** The bot's keys, read again when they change; the first are made at the first start. */
  static LiveBotKeys keys(BusConfig settings, InstantSource clock) {
    try {
      return new LiveBotKeys(settings.keys(), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  static String describe(BackendState state) {
    return switch (state) {
      case BackendState.Connected(var since) ->
          "connected since " + since.truncatedTo(ChronoUnit.SECONDS);
      case BackendState.Blocked(var reason, var since) ->
          "connected, but the broker accepts no messages since "
              + since.truncatedTo(ChronoUnit.SECONDS)
              + ": "
              + reason;
      case BackendState.Disconnected(var reason, var since) ->
          "disconnected since " + since.truncatedTo(ChronoUnit.SECONDS) + ": " + reason;
      case BackendState.Refused(var reason, var _) -> "refused: " + reason;
      case BackendState.Closed _ -> "closed";
    };
  }
}
