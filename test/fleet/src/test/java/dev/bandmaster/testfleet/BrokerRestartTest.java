package dev.bandmaster.testfleet;

import static dev.bandmaster.testfleet.BotEnd.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.PrivateRabbit;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of nodes with a connection each, whose broker is killed under their hands. */
@Tag("real")
final class BrokerRestartTest {
  @TempDir Path directory;

  private final Set<String> joined = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> joinedAt = new ConcurrentHashMap<>();
  private final Map<String, ReportBody.Final> ends = new ConcurrentHashMap<>();

  @Test
  void trap16_afterABrokersDeathAllAreBackAndNothingIsDoubled() throws Exception {
    survive(Integer.getInteger("fleet", 250));
  }

  @Test
  @Tag("long")
  void trap16_soAreAThousandNodes() throws Exception {
    survive(1_000);
  }

  private void survive(int count) throws Exception {
    try (PrivateRabbit rabbit = PrivateRabbit.start(directory);
        BotEnd bot = new BotEnd(rabbit.uri(), new Listener()).start();
        EmulatedFleet fleet = fleet(bot.fleet(rabbit.uri(), count), count)) {
      await("all have joined", () -> fleet.isReady() && joined.size() == count);
      Request request = deploy(bot, fleet.names());
      bot.publish(request);
      await("some have ended", () -> ends.size() > count / 10);

      rabbit.kill();
      joined.clear();
      joinedAt.clear();
      rabbit.start();

      await("all are back", fleet::isReady);
      await("so is the bot", bot::isConnected);
      // Who was back before the bot joined unheard.
      bot.callTheRoll();
      await("all are heard", () -> joined.size() == count);
      assertThat(bot.publish(request)).isInstanceOf(PublishResult.Sent.class);
      await("all have ended", () -> ends.size() == count);
      assertThat(fleet.ledger().nodesThatRan(request.id())).hasSize(count);
      assertThat(fleet.ledger().repeated()).isEmpty();
      assertThat(ends.values())
          .allSatisfy(end -> assertThat(end.stored().orElse(end).message()).contains("is running"));
      report(count);
    }
  }

  private static EmulatedFleet fleet(FleetSettings settings, int count) {
    return EmulatedFleet.start(
        settings.withConnections(count),
        Naming.web("test", "staging"),
        Behaviours.healthy(),
        BotEnd.CLOCK,
        BotEnd.RANDOM);
  }

  private static Request deploy(BotEnd bot, List<String> nodes) {
    return bot.request(
        new Target.Nodes(nodes),
        "deploy",
        "deploy",
        Map.of("app", "web", "version", "2.0.0"),
        Duration.ofMinutes(5));
  }

  private void report(int count) {
    Instant first = joinedAt.values().stream().min(Instant::compareTo).orElseThrow();
    Instant last = joinedAt.values().stream().max(Instant::compareTo).orElseThrow();
    System.out.printf(
        "%d nodes came back within %d ms%n", count, Duration.between(first, last).toMillis());
  }

  private final class Listener extends BotEnd.Listener {
    @Override
    public void replies(String lease, List<TargetReport> batch) {
      for (TargetReport reply : batch) {
        if (reply.body() instanceof ReportBody.Final end) {
          ends.putIfAbsent(reply.node(), end);
        }
      }
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      for (PresenceEvent event : batch) {
        joined.add(event.stamp().node());
        joinedAt.putIfAbsent(event.stamp().node(), event.stamp().sentAt());
      }
    }
  }
}
