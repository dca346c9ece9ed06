package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.app.Bot;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testfleet.EmulatedFleet;
import dev.bandmaster.testfleet.FleetSettings;
import dev.bandmaster.testfleet.Naming;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.wire.BotKeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that nobody knows join with a token. */
class EnrolmentStoryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern TOKEN = Pattern.compile("bme_[A-Za-z0-9_-]{43}");

  @TempDir private Path folder;

  @Test
  void trustT4_nodesJoinWithATokenAsOftenAsItCounts() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0))) {
      BotOnSimulator prepared =
          new BotOnSimulator(slack, broker.uri(), folder, Map.of("BANDMASTER_ENROLMENT", "manual"));
      BotKeyRing ring = BotKeyRing.parse(List.of(prepared.keyLine()));
      try (Bot bot =
          prepared.start(reason -> {
            throw new IllegalStateException(reason);
          })) {
        await(bot::isReady);
        String shown =
            Conversation.direct(slack, "bob")
                .say("fleet token create --env staging --uses 30 --expires 1h", PATIENCE)
                .orElseThrow()
                .answer();
        Matcher matcher = TOKEN.matcher(shown);
        assertThat(matcher.find()).as(shown).isTrue();
        FleetSettings settings =
            FleetSettings.of(ConnectionSettings.of(broker.uri(), "main", "fleet"), ring, 30);
        try (EmulatedFleet _ = start(settings.withToken(matcher.group()), "staging")) {
          await(() -> bot.nodes().size() == 30);
          assertThat(
                  Conversation.direct(slack, "bob")
                      .say("fleet token list", PATIENCE)
                      .orElseThrow()
                      .answer())
              .contains("No valid enrolment tokens");
          assertThat(Conversation.direct(slack, "ann").say("ping", PATIENCE).orElseThrow().answer())
              .contains("30 nodes · took");
        }
      }
    }
  }

  private static EmulatedFleet start(FleetSettings settings, String environment) {
    return EmulatedFleet.start(
        settings,
        Naming.web("main", environment),
        Behaviours.healthy(),
        InstantSource.system(),
        new SecureRandom());
  }

  private static void await(BooleanSupplier holds) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      Thread.sleep(50);
    }
  }
}
