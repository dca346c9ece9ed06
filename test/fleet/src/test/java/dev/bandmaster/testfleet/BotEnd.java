package dev.bandmaster.testfleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.bus.AmqpAgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.RequestIds;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The bot's end of the bus, which trusts every node that shows its key, and asks. */
final class BotEnd implements AutoCloseable {
  static final InstantSource CLOCK = InstantSource.system();
  static final SecureRandom RANDOM = new SecureRandom();

  private final BotKeys keys =
      BotKeys.generate(
          "bot", Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2120-01-01T00:00:00Z"));
  private final Listener listener;
  private final AmqpAgentBus bus;

  /** Not yet connected. */
  BotEnd(String uri, Listener listener) {
    this.listener = listener;
    bus =
        new AmqpAgentBus(
            ConnectionSettings.of(uri, "test", "replica-1"),
            new BotCodec(List.of(keys), listener.trusted),
            CLOCK,
            RANDOM);
  }

  /** Returns when it is connected. */
  BotEnd start() {
    bus.start(listener);
    bus.acquire(bus.replyTo());
    await("the bot is connected", this::isConnected);
    return this;
  }

  boolean isConnected() {
    return bus.state() instanceof BusState.Connected;
  }

  /** A fleet on the same broker that obeys this bot. */
  FleetSettings fleet(String uri, int count) {
    return FleetSettings.of(
        ConnectionSettings.of(uri, "test", "fleet"),
        new BotKeyRing(List.of(keys.publicKeys())),
        count);
  }

  PublishResult publish(Request request) {
    return bus.publish(request);
  }

  /** Has every node show its key and describe itself. */
  void callTheRoll() {
    publish(
        request(
            new Target.Broadcast("", ""), PresenceCall.CAPABILITY, PresenceCall.ACTION, Map.of()));
  }

  /** A request that may take a minute. */
  Request request(Target target, String capability, String action, Map<String, String> arguments) {
    return request(target, capability, action, arguments, Duration.ofMinutes(1));
  }

  Request request(
      Target target,
      String capability,
      String action,
      Map<String, String> arguments,
      Duration mayTake) {
    String id = RequestIds.next(CLOCK.instant(), RANDOM);
    return new Request(
        id,
        id,
        CLOCK.instant(),
        Duration.ofMinutes(5),
        CLOCK.instant().plus(mayTake),
        "bandmaster",
        new Caller("slack:T1:U1", "ann", "C1", List.of(), List.of()),
        "test",
        target,
        capability,
        action,
        object(arguments),
        Delivery.LIVE,
        bus.replyTo(),
        "");
  }

  static ObjectNode object(Map<String, String> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    fields.forEach(object::put);
    return object;
  }

  /**
   * Waits until something holds; the deadline is generous and only there so that a failure ends.
   */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }

  @Override
  public void close() {
    bus.close();
  }

  /** Hears what a test wants to know; trusts every key. */
  abstract static class Listener implements BusListener {
    private final EnrolledNodes trusted = new EnrolledNodes();

    @Override
    public void enrolment(Enrolment enrolment) {
      trusted.acceptFirst(enrolment);
    }

    @Override
    public void rejected(RejectedMessage message) {}

    @Override
    public void stateChanged(BusState state) {}
  }
}
