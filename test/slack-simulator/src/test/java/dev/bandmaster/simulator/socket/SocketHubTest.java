package dev.bandmaster.simulator.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Fault.Kind;
import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.time.ManualTime;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Ids;
import dev.bandmaster.simulator.world.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Envelopes and connections, with time and wires in the test's hands. */
final class SocketHubTest {
  private final ManualTime time = new ManualTime();
  private final Faults faults = new Faults();
  private final SocketHub hub =
      new SocketHub(
          Workspace.defaults().bot(),
          new Ids(new SplittableRandom(1)),
          time,
          time,
          Delays.ofSlack(),
          faults,
          false);
  private final List<Delivery> ends = new ArrayList<>();

  private TestWire connect() {
    TestWire wire = new TestWire();
    hub.connected(hub.ticket(), wire);
    return wire;
  }

  private void event(String id) {
    hub.send(EnvelopeType.EVENTS_API, Json.object().put("event_id", id), false, ends::add);
  }

  private void acknowledge(JsonNode envelope) {
    hub.received(Json.object().put("envelope_id", id(envelope)).toString());
  }

  private static String id(JsonNode envelope) {
    return Json.text(envelope, "envelope_id");
  }

  @Test
  void anUnansweredEventComesThreeMoreTimesUnderItsEventId() {
    TestWire wire = connect();
    event("Ev1");
    assertThat(wire.envelopes()).hasSize(1);
    time.pass(Duration.ofSeconds(4));
    assertThat(wire.envelopes()).hasSize(2);
    time.pass(Duration.ofSeconds(63));
    assertThat(wire.envelopes()).hasSize(3);
    time.pass(Duration.ofSeconds(303));
    assertThat(wire.envelopes()).hasSize(4);
    time.pass(Duration.ofHours(1));
    assertThat(wire.envelopes()).hasSize(4);
    assertThat(wire.envelopes())
        .extracting(each -> each.path("retry_attempt").asInt())
        .containsExactly(0, 1, 2, 3);
    assertThat(wire.envelopes())
        .extracting(each -> Json.text(each, "retry_reason"))
        .containsExactly("", "timeout", "timeout", "timeout");
    assertThat(wire.envelopes())
        .extracting(each -> Json.text(each.path("payload"), "event_id"))
        .containsOnly("Ev1");
    assertThat(wire.envelopes()).extracting(SocketHubTest::id).doesNotHaveDuplicates();
    assertThat(ends).containsExactly(new Delivery.TimedOut());
  }

  @Test
  void anAcknowledgementEndsTheRetries() {
    TestWire wire = connect();
    event("Ev1");
    time.pass(Duration.ofSeconds(4));
    acknowledge(wire.last());
    acknowledge(wire.last());
    time.pass(Duration.ofHours(1));
    assertThat(wire.envelopes()).hasSize(2);
    assertThat(ends).singleElement().isInstanceOf(Delivery.Acknowledged.class);
    assertThat(hub.envelopes().getFirst().acknowledged()).isNotNull();
  }

  @Test
  void withNoSocketOpenAnEventComesLaterAsARetry() {
    event("Ev1");
    TestWire wire = connect();
    assertThat(wire.envelopes()).isEmpty();
    time.pass(Duration.ofSeconds(1));
    assertThat(wire.envelopes()).hasSize(1);
    assertThat(wire.last().path("retry_attempt").asInt()).isEqualTo(1);
    assertThat(Json.text(wire.last(), "retry_reason")).isEqualTo("connection_failed");
  }

  @Test
  void commandsComeOnce() {
    hub.send(EnvelopeType.SLASH_COMMANDS, Json.object(), true, ends::add);
    assertThat(ends).containsExactly(new Delivery.NobodyThere());
    TestWire wire = connect();
    hub.send(EnvelopeType.SLASH_COMMANDS, Json.object(), true, ends::add);
    time.pass(Duration.ofHours(1));
    assertThat(ends).containsExactly(new Delivery.NobodyThere(), new Delivery.TimedOut());
    assertThat(wire.envelopes()).hasSize(1);
    assertThat(wire.last().has("retry_attempt")).isFalse();
    assertThat(wire.last().path("accepts_response_payload").asBoolean()).isTrue();
    acknowledge(wire.last());
    assertThat(ends).as("too late").hasSize(2);
  }

  @Test
  void aTicketLetsOneConnectionIn() {
    String ticket = hub.ticket();
    assertThat(hub.connected(ticket, new TestWire())).isPresent();
    TestWire second = new TestWire();
    assertThat(hub.connected(ticket, second)).isEmpty();
    assertThat(second.closed).startsWith("1008");
    assertThat(hub.connected(null, new TestWire())).isEmpty();
  }

  @Test
  void tenConnectionsAreTheMost() {
    List<TestWire> wires = IntStream.range(0, 10).mapToObj(_ -> connect()).toList();
    assertThat(wires)
        .extracting(wire -> wire.frames.getFirst().path("num_connections").asInt())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    TestWire eleventh = connect();
    assertThat(eleventh.reasons()).containsExactly("too_many_websockets");
    assertThat(eleventh.closed).isNotEmpty();
    hub.disconnected(1);
    assertThat(connect().reasons()).isEmpty();
  }

  @Test
  void eachEnvelopeTakesOneOfTheConnections() {
    List<TestWire> wires = IntStream.range(0, 3).mapToObj(_ -> connect()).toList();
    IntStream.range(0, 60).forEach(number -> event("Ev" + number));
    assertThat(wires).allSatisfy(wire -> assertThat(wire.envelopes()).isNotEmpty());
    assertThat(wires.stream().mapToInt(wire -> wire.envelopes().size()).sum()).isEqualTo(60);
  }

  @Test
  void faultsTurnNewConnectionsAwayWhileTheyLast() {
    faults.set(Fault.of(Kind.TOO_MANY_WEBSOCKETS));
    assertThat(connect().reasons()).containsExactly("too_many_websockets");
    faults.set(Fault.of(Kind.LINK_DISABLED));
    assertThat(connect().reasons()).containsExactly("link_disabled");
    assertThat(connect().reasons()).isEmpty();
  }

  @Test
  void disablingNotifiesAndClosesEveryConnection() {
    TestWire wire = connect();
    hub.disable();
    assertThat(wire.reasons()).containsExactly("link_disabled");
    assertThat(wire.closed).isNotEmpty();
    assertThat(hub.connections()).isZero();
  }

  @Test
  void aWarnedConnectionIsRefreshedTenSecondsLater() {
    TestWire oldest = connect();
    TestWire other = connect();
    hub.warn(false);
    assertThat(oldest.reasons()).containsExactly("warning");
    time.pass(Duration.ofSeconds(9));
    assertThat(oldest.closed).isEmpty();
    time.pass(Duration.ofSeconds(1));
    assertThat(oldest.reasons()).containsExactly("warning", "refresh_requested");
    assertThat(oldest.closed).isNotEmpty();
    assertThat(other.reasons()).isEmpty();
    assertThat(hub.connections()).isEqualTo(1);
    hub.refresh(true);
    assertThat(other.reasons()).containsExactly("refresh_requested");
  }

  @Test
  void aHalfOpenConnectionSwallowsEnvelopesUntilItsPingsGoUnanswered() {
    TestWire wire = connect();
    hub.halfOpen(false);
    assertThat(wire.silent).isTrue();
    event("Ev1");
    assertThat(wire.envelopes()).isEmpty();
    time.pass(Duration.ofSeconds(20));
    assertThat(wire.pings).isZero();
    assertThat(hub.connections()).isEqualTo(1);
    time.pass(Duration.ofSeconds(10));
    assertThat(hub.connections()).isZero();
    assertThat(wire.closed).as("nothing gets through, no close either").isEmpty();
    TestWire next = connect();
    time.pass(Duration.ofMinutes(2));
    assertThat(Json.text(next.last().path("payload"), "event_id")).isEqualTo("Ev1");
  }

  @Test
  void anEventDeliveredTwiceComesAgainOnlyIfNeitherIsAcknowledged() {
    TestWire wire = connect();
    faults.set(Fault.of(Kind.DELIVER_TWICE));
    event("Ev1");
    assertThat(wire.envelopes()).hasSize(2);
    assertThat(wire.envelopes()).extracting(SocketHubTest::id).doesNotHaveDuplicates();
    time.pass(Duration.ofSeconds(3 + 60));
    assertThat(wire.envelopes()).hasSize(3);
    acknowledge(wire.envelopes().get(1));
    time.pass(Duration.ofHours(1));
    assertThat(wire.envelopes()).hasSize(3);
    event("Ev2");
    assertThat(wire.envelopes()).as("the fault was for one event").hasSize(4);
  }

  @Test
  void anEventCanComeTwiceInTheSameEnvelope() {
    TestWire wire = connect();
    faults.set(Fault.of(Kind.DELIVER_TWICE).inTheSameEnvelope());
    event("Ev1");
    assertThat(wire.envelopes()).hasSize(2);
    assertThat(id(wire.envelopes().get(0))).isEqualTo(id(wire.envelopes().get(1)));
  }

  @Test
  void theLastEventCanComeAgainAfterItsAcknowledgement() {
    assertThat(hub.redeliverLast(false)).isFalse();
    TestWire wire = connect();
    event("Ev1");
    acknowledge(wire.last());
    assertThat(hub.redeliverLast(false)).isTrue();
    assertThat(wire.envelopes()).hasSize(2);
    assertThat(wire.last().path("retry_attempt").asInt()).isEqualTo(1);
    time.pass(Duration.ofHours(1));
    assertThat(wire.envelopes()).hasSize(2);
  }

  @Test
  void framesThatMeanNothingAreIgnored() {
    TestWire wire = connect();
    hub.received("no json");
    hub.received("[]");
    hub.received("{\"envelope_id\":\"unknown\"}");
    event("Ev1");
    acknowledge(wire.last());
    assertThat(ends).hasSize(1);
  }
}
