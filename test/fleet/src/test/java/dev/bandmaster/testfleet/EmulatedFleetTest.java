package dev.bandmaster.testfleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.AmqpAgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.Published;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.EnrolledNodes;
import dev.bandmaster.wire.Enrolment;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.PresenceEvent;
import dev.bandmaster.wire.RejectedMessage;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.RequestIds;
import dev.bandmaster.wire.Target;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class EmulatedFleetTest {
  private static final int COUNT = Integer.getInteger("fleet", 200);
  private static final InstantSource CLOCK = InstantSource.system();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final BotKeys keys =
      BotKeys.generate(
          "bot", Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2120-01-01T00:00:00Z"));
  private final EnrolledNodes directory = new EnrolledNodes();
  private final Map<String, Set<String>> finals = new ConcurrentHashMap<>();
  private final Set<String> joined = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger printed = new AtomicInteger();

  @Test
  void aWholeFleetJoinsAndAnswers() throws Exception {
    try (var broker = EmbeddedBroker.start();
        var bot = bot(broker)) {
      long start = System.nanoTime();
      try (var fleet = fleet(broker, COUNT, Behaviours.healthy())) {
        await("all have joined", () -> fleet.isReady() && joined.size() == COUNT);
        report("joined", start);
        for (int round = 0; round < 3; round++) {
          Request broadcast = request(bot, new Target.Broadcast("staging", ""), "ping");
          start = System.nanoTime();
          assertThat(bot.publish(broadcast)).isEqualTo(new Published.Sent(List.of()));
          await("all answer", () -> count(broadcast) == COUNT);
          report("broadcast", start);
        }
        Request direct = request(bot, new Target.Nodes(fleet.names()), "deploy");
        start = System.nanoTime();
        assertThat(bot.publish(direct)).isEqualTo(new Published.Sent(List.of()));
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
        var bot = bot(broker);
        var fleet = fleet(broker, 10, mixed)) {
      await("all have joined", () -> fleet.isReady() && joined.size() == 10);
      Request request = request(bot, new Target.Nodes(fleet.names()), "adhoc");
      bot.publish(request);
      await("all but the silent one end", () -> count(request) == 9);
      assertThat(failed).hasValue(1);
      assertThat(printed).hasValueGreaterThanOrEqualTo(8 * 100_000);
    }
  }

  private EmulatedFleet fleet(EmbeddedBroker broker, int count, Behaviour behaviour) {
    var settings =
        FleetSettings.of(
            ConnectionSettings.of(broker.uri(), "test", "fleet"),
            new BotKeyRing(List.of(keys.publicKeys())),
            count);
    return EmulatedFleet.start(settings, Naming.web("test", "staging"), behaviour, CLOCK, RANDOM);
  }

  private AmqpAgentBus bot(EmbeddedBroker broker) {
    var bot =
        new AmqpAgentBus(
            ConnectionSettings.of(broker.uri(), "test", "replica-1"),
            new BotCodec(List.of(keys), directory),
            CLOCK,
            RANDOM);
    bot.start(new Listener());
    await("the bot is connected", () -> bot.state() instanceof BusState.Connected);
    return bot;
  }

  private Request request(AmqpAgentBus bot, Target target, String capability) {
    String id = RequestIds.next(CLOCK.instant(), RANDOM);
    return new Request(
        id,
        id,
        CLOCK.instant(),
        Duration.ofSeconds(60),
        CLOCK.instant().plusSeconds(60),
        "bandmaster",
        new Caller("slack:T1:U1", "ann", "C1", List.of(), List.of()),
        "test",
        target,
        capability,
        "run",
        JsonNodeFactory.instance.objectNode(),
        Delivery.LIVE,
        bot.replyTo(),
        "");
  }

  private int count(Request request) {
    return finals.getOrDefault(request.id(), Set.of()).size();
  }

  private static void report(String what, long start) {
    System.out.printf(
        "%d nodes: %s after %d ms%n", COUNT, what, (System.nanoTime() - start) / 1_000_000);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  private final class Listener implements BusListener {
    @Override
    public void replies(List<Reply> batch) {
      for (Reply reply : batch) {
        switch (reply.body()) {
          case ReplyBody.Final end -> {
            finals
                .computeIfAbsent(reply.request(), id -> ConcurrentHashMap.newKeySet())
                .add(reply.node());
            failed.addAndGet(end.code() == FinalCode.FAILED ? 1 : 0);
          }
          case ReplyBody.Output output -> printed.addAndGet(output.text().length());
          case ReplyBody.Accepted accepted -> {}
          case ReplyBody.Started started -> {}
          case ReplyBody.Progress progress -> {}
          case ReplyBody.Heartbeat heartbeat -> {}
        }
      }
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      batch.forEach(event -> joined.add(event.stamp().node()));
    }

    @Override
    public void enrolment(Enrolment enrolment) {
      directory.acceptFirst(enrolment);
    }

    @Override
    public void rejected(RejectedMessage message) {
      throw new AssertionError(message.toString());
    }

    @Override
    public void stateChanged(BusState state) {}
  }
}
