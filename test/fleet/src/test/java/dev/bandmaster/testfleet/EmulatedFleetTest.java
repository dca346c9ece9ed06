package dev.bandmaster.testfleet;

import static dev.bandmaster.testfleet.BotEnd.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EmulatedFleetTest {
  private static final int COUNT = Integer.getInteger("fleet", 200);

  private final Map<String, Set<String>> finals = new ConcurrentHashMap<>();
  private final Set<String> joined = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger printed = new AtomicInteger();

  @Test
  void aWholeFleetJoinsAndAnswers() throws Exception {
    try (var broker = EmbeddedBroker.start();
        var bot = new BotEnd(broker.uri(), new Listener()).start()) {
      long start = System.nanoTime();
      try (var fleet = fleet(bot.fleet(broker.uri(), COUNT), Behaviours.healthy())) {
        await("all have joined", () -> fleet.isReady() && joined.size() == COUNT);
        report("joined", start);
        for (int round = 0; round < 3; round++) {
          Request broadcast =
              bot.request(new Target.Broadcast("staging", ""), "ping", "run", Map.of());
          start = System.nanoTime();
          assertThat(bot.publish(broadcast)).isEqualTo(new PublishResult.Sent(List.of()));
          await("all answer", () -> count(broadcast) == COUNT);
          report("broadcast", start);
        }
        Request direct = bot.request(new Target.Nodes(fleet.names()), "deploy", "run", Map.of());
        start = System.nanoTime();
        assertThat(bot.publish(direct)).isEqualTo(new PublishResult.Sent(List.of()));
        await("all deploy", () -> count(direct) == COUNT);
        report("deploy", start);
        assertThat(fleet.runs()).isEqualTo(4L * COUNT);
      }
    }
  }

  @Test
  void behavioursDiffer() throws Exception {
    Behaviour mixed =
        Behaviours.when(
            node -> node.node().endsWith("1"),
            Behaviours.failing("disk full"),
            Behaviours.when(
                node -> node.node().endsWith("2"),
                Behaviours.silent(),
                Behaviours.flooding(100_000)));
    try (var broker = EmbeddedBroker.start();
        var bot = new BotEnd(broker.uri(), new Listener()).start();
        var fleet = fleet(bot.fleet(broker.uri(), 10), mixed)) {
      await("all have joined", () -> fleet.isReady() && joined.size() == 10);
      Request request = bot.request(new Target.Nodes(fleet.names()), "adhoc", "run", Map.of());
      bot.publish(request);
      await("all but the silent one end", () -> count(request) == 9);
      assertThat(failed).hasValue(1);
      assertThat(printed).hasValueGreaterThanOrEqualTo(8 * 100_000);
    }
  }

  private static EmulatedFleet fleet(FleetSettings settings, Behaviour behaviour) {
    return EmulatedFleet.start(
        settings, Naming.web("test", "staging"), behaviour, BotEnd.CLOCK, BotEnd.RANDOM);
  }

  private int count(Request request) {
    return finals.getOrDefault(request.id(), Set.of()).size();
  }

  private static void report(String what, long start) {
    System.out.printf(
        "%d nodes: %s after %d ms%n", COUNT, what, (System.nanoTime() - start) / 1_000_000);
  }

  private final class Listener extends BotEnd.Listener {
    @Override
    public void replies(String lease, List<TargetReport> batch) {
      for (TargetReport reply : batch) {
        switch (reply.body()) {
          case ReportBody.Final end -> {
            finals
                .computeIfAbsent(reply.request(), id -> ConcurrentHashMap.newKeySet())
                .add(reply.node());
            failed.addAndGet(end.code() == FinalCode.FAILED ? 1 : 0);
          }
          case ReportBody.Output output -> printed.addAndGet(output.text().length());
          case ReportBody.Accepted accepted -> {}
          case ReportBody.Started started -> {}
          case ReportBody.Progress progress -> {}
          case ReportBody.Heartbeat heartbeat -> {}
        }
      }
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      batch.forEach(event -> joined.add(event.stamp().node()));
    }

    @Override
    public void rejected(RejectedMessage message) {
      throw new AssertionError(message.toString());
    }
  }
}
