package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.broker.PrivateRabbit;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.Request;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A RabbitMQ whose memory alarm is on. */
@Tag("real")
final class BlockedBrokerTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String ALARM = "0.00000001";
  private static final String NO_ALARM = "0.9";

  @TempDir Path directory;

  @Test
  void trustT21_aMemoryAlarmIsNamedHoldsNobodyAndEnds() throws Exception {
    var nodes = new EnrolledNodes();
    var recorder = new Recorder(nodes);
    try (PrivateRabbit rabbit = PrivateRabbit.start(directory)) {
      ConnectionSettings settings = ConnectionSettings.of(rabbit.uri(), "test", "replica-1");
      try (var bot =
              new AmqpAgentBus(
                  settings,
                  new BotCodec(List.of(Pings.BOT), nodes),
                  CLOCK,
                  new SplittableRandom(3));
          TestNode web1 = node(settings)) {
        bot.start(recorder);
        bot.acquire("replica-1");
        Recorder.await("the bot is connected", () -> bot.state() instanceof BusState.Connected);
        web1.start();
        Recorder.await("web1 joins", () -> recorder.presence.size() == 1);
        Request before = request(1);
        assertThat(bot.publish(before)).isInstanceOf(PublishResult.Sent.class);

        rabbit.control("set_vm_memory_high_watermark", ALARM);
        assertThat(bot.publish(request(500))).as("ten seconds in all").isNotNull();
        web1.announce(new PresenceEvent.Update(web1.stamps.next(), web1.self));
        Recorder.await("the bot knows", () -> isBlocked(bot.state()));
        Recorder.await("the node knows", () -> isBlocked(web1.bus.state()));
        assertThat(bot.publish(request(500)))
            .isInstanceOfSatisfying(
                PublishResult.NotSent.class,
                notSent ->
                    assertThat(notSent.reason()).contains("accepts no messages", "low on memory"));
        assertThatThrownBy(() -> web1.bus.announce(new PresenceEvent.Leave(web1.stamps.next())))
            .isInstanceOf(BusUnavailable.class)
            .hasMessageContaining("low on memory");

        rabbit.control("set_vm_memory_high_watermark", NO_ALARM);
        Recorder.await("the bot goes on", () -> bot.state() instanceof BusState.Connected);
        Recorder.await("web1 goes on", () -> web1.bus.state() instanceof BusState.Connected);
        assertThat(bot.openings()).as("nothing was connected again").isEqualTo(1);
        Request after = request(1);
        assertThat(bot.publish(after)).isInstanceOf(PublishResult.Sent.class);
        Recorder.await("web1 answers", () -> recorder.finalsOf(after.id()).equals(List.of("web1")));
      }
    }
  }

  @Test
  void trustT21_aNodeConnectsDuringAMemoryAlarm() throws Exception {
    try (PrivateRabbit rabbit = PrivateRabbit.start(directory)) {
      rabbit.control("set_vm_memory_high_watermark", ALARM);
      try (TestNode web1 = node(ConnectionSettings.of(rabbit.uri(), "test", "replica-1"))) {
        web1.start();
        Recorder.await("it is there and knows", () -> isBlocked(web1.bus.state()));
      }
    }
  }

  private static boolean isBlocked(BusState state) {
    return state instanceof BusState.Blocked(String reason, var since)
        && reason.contains("low on memory");
  }

  private static TestNode node(ConnectionSettings settings) {
    var self =
        new NodeDescription(
            "web1", "test", "staging", Map.of(), List.of(), List.of(), Map.of(), List.of("ping"));
    return new TestNode(
        settings,
        self,
        NodeKeys.generate(),
        new BotKeyRing(List.of(Pings.BOT.publicKeys())),
        NodeOptions.USUAL,
        CLOCK);
  }

  private static Request request(int nodes) {
    return Pings.to(nodes, "replica-1", CLOCK.instant());
  }
}
