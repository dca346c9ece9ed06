package dev.bandmaster.testfleet;

import static dev.bandmaster.testfleet.BotEnd.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What emulated nodes do is what real ones do: the promise holds on them too. */
final class EmulatedWorkTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Received received = new Received();
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final BotEnd bot = new BotEnd(broker.uri(), received);
  private final EmulatedFleet fleet =
      EmulatedFleet.start(
          bot.fleet(broker.uri(), 2).withHeartbeats(Duration.ofSeconds(10), SHORT),
          Naming.web("test", "staging"),
          Behaviours.healthy(),
          BotEnd.CLOCK,
          BotEnd.RANDOM);

  @BeforeEach
  void connect() {
    bot.start();
    await("the fleet is there", fleet::isReady);
    // The fleet may have shown its keys before anybody listened.
    bot.callTheRoll();
    await("its keys are known", () -> received.enrolled.size() == 2);
  }

  @AfterEach
  void close() {
    fleet.close();
    bot.close();
    broker.close();
  }

  @Test
  void aDeployChangesWhatTheNodesAreAndARollbackBringsItBack() {
    Request deploy = ask("deploy", "deploy", Map.of("app", "web", "version", "1.1.0"));
    assertThat(endOf(deploy).data())
        .isEqualTo(
            Data.of(
                Map.of("app", "web", "version", "1.1.0", "before", "1.0.0", "current", "1.1.0")));
    await("it is told", () -> received.versions.containsValue("1.1.0"));
    Request status = ask("deploy", "status", Map.of("app", "web"));
    assertThat(endOf(status).data().get("previous")).isEqualTo(Data.of("1.0.0"));
    Request rollback = ask("deploy", "rollback", Map.of("app", "web"));
    assertThat(endOf(rollback).message()).isEqualTo("web 1.0.0 is running on this node.");
    await("it is told", () -> received.versions.values().stream().allMatch("1.0.0"::equals));
    assertThat(endOf(ask("deploy", "deploy", Map.of("app", "db", "version", "2"))).code())
        .isEqualTo(FinalCode.FAILED);
    assertThat(fleet.ledger().repeated()).isEmpty();
    assertThat(fleet.ledger().nodesThatRan(deploy.id())).containsExactly("web0001", "web0002");
  }

  @Test
  void aNodeThatNeverHadAnotherVersionCannotGoBack() {
    assertThat(endOf(ask("deploy", "rollback", Map.of("app", "web"))).message())
        .isEqualTo("There is no earlier version of web on this node.");
  }

  @Test
  void trap6_whatComesAgainIsAnsweredWithItsEnd() {
    Request request = ask("adhoc", "ls", Map.of());
    ReportBody.Final end = endOf(request);
    bot.publish(request);
    await("both are answered again", () -> received.finals(request.id()).size() == 4);
    assertThat(received.finals(request.id()).getLast().stored()).contains(end);
    assertThat(fleet.ledger().repeated()).isEmpty();
  }

  @Test
  void trap2_whoIsKilledAtWorkReportsItLostInItsNextLife() {
    fleet.behave(Behaviours.crashing(SHORT, SHORT));
    Request request = ask("adhoc", "ls", Map.of());
    assertThat(endOf(request).code()).isEqualTo(FinalCode.LOST);
    List<TargetReport> ofOne = received.of(request.id(), "web0001");
    assertThat(ofOne.getLast().isNewerThan(ofOne.getFirst().boot(), Long.MAX_VALUE)).isTrue();
    assertThat(fleet.ledger().repeated()).isEmpty();
  }

  @Test
  void whoIsKilledBeforeReplyingRepliesInItsNextLife() {
    fleet.behave(Behaviours.crashingBeforeReply(Behaviours.healthy(), SHORT));
    Request deploy = ask("deploy", "deploy", Map.of("app", "web", "version", "1.1.0"));
    assertThat(endOf(deploy).code()).isEqualTo(FinalCode.OK);
    assertThat(fleet.nodes()).allSatisfy(node -> assertThat(node.current("web")).contains("1.1.0"));
  }

  @Test
  void whoIsKilledAfterReplyingSaysNothingMore() {
    fleet.behave(Behaviours.crashingAfterReply(Behaviours.healthy(), SHORT));
    assertThat(endOf(ask("adhoc", "ls", Map.of())).code()).isEqualTo(FinalCode.OK);
    await("both are back", fleet::isReady);
    assertThat(fleet.ledger().repeated()).isEmpty();
  }

  @Test
  void trap32_cancelEndsWhatRunsWhatHangsAndWhatIsToCome() {
    fleet.behave(
        Behaviours.when(
            node -> node.node().equals("web0001"),
            Behaviours.late(LONG, Behaviours.healthy()),
            Behaviours.whenAsked(
                request -> request.capability().equals("adhoc"),
                Behaviours.silent(),
                Behaviours.healthy())));
    Request request = ask("adhoc", "ls", Map.of());
    await("signs of life", () -> received.beats(request.id()) > 2);
    ask("job", "cancel", Map.of("request", request.id()));
    assertThat(endOf(request).code()).isEqualTo(FinalCode.CANCELLED);
    Request coming = request("adhoc", "ls", Map.of());
    // Two requests may overtake each other, so the second waits until the first is dealt with.
    Request cancel = ask("job", "cancel", Map.of("request", coming.id()));
    await("both know of it", () -> received.finals(cancel.id()).size() >= 2);
    await(
        "it is refused",
        () -> {
          bot.publish(coming);
          return received.finals(coming.id()).size() >= 2;
        });
    assertThat(fleet.ledger().nodesThatRan(coming.id())).isEmpty();
  }

  @Test
  void trap4_workPastItsDeadlineEndsInTimeout() {
    fleet.behave(Behaviours.late(LONG, Behaviours.healthy()));
    Request request = request("adhoc", "ls", Map.of(), Duration.ofMillis(300));
    assertThat(bot.publish(request)).isInstanceOf(PublishResult.Sent.class);
    assertThat(endOf(request).code()).isEqualTo(FinalCode.TIMEOUT);
  }

  @Test
  void aDeafNodeDoesNothing() {
    fleet.behave(
        Behaviours.when(
            node -> node.node().equals("web0001"),
            Behaviours.deaf(),
            Behaviours.streaming(3, SHORT)));
    Request request = ask("adhoc", "ls", Map.of());
    await("the other ends", () -> received.finals(request.id()).size() == 1);
    assertThat(fleet.ledger().nodesThatRan(request.id())).containsExactly("web0002");
    assertThat(received.of(request.id(), "web0001")).isEmpty();
    assertThat(received.of(request.id(), "web0002"))
        .filteredOn(reply -> reply.body() instanceof ReportBody.Output)
        .hasSize(3);
  }

  private ReportBody.Final endOf(Request request) {
    await("both end", () -> received.finals(request.id()).size() >= 2);
    List<ReportBody.Final> ends = received.finals(request.id());
    assertThat(ends.getFirst()).isEqualTo(ends.get(1));
    return ends.getFirst();
  }

  private Request ask(String capability, String action, Map<String, String> arguments) {
    Request request = request(capability, action, arguments);
    assertThat(bot.publish(request)).isInstanceOf(PublishResult.Sent.class);
    return request;
  }

  private Request request(String capability, String action, Map<String, String> arguments) {
    return request(capability, action, arguments, Duration.ofMinutes(1));
  }

  private Request request(
      String capability, String action, Map<String, String> arguments, Duration mayTake) {
    return bot.request(new Target.Nodes(fleet.names()), capability, action, arguments, mayTake);
  }

  private static final class Received extends BotEnd.Listener {
    private final List<TargetReport> replies = new CopyOnWriteArrayList<>();
    private final Map<String, String> versions = new ConcurrentHashMap<>();
    private final Set<String> enrolled = ConcurrentHashMap.newKeySet();

    @Override
    public void replies(String lease, List<TargetReport> batch) {
      replies.addAll(batch);
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      for (PresenceEvent event : batch) {
        if (event instanceof PresenceEvent.Update(var stamp, var description)) {
          versions.put(stamp.node(), description.apps().getOrDefault("web", ""));
        }
      }
    }

    @Override
    public void enrolment(Enrolment enrolment) {
      super.enrolment(enrolment);
      enrolled.add(enrolment.stamp().node());
    }

    private List<TargetReport> of(String request, String node) {
      return replies.stream()
          .filter(reply -> reply.request().equals(request) && reply.node().equals(node))
          .toList();
    }

    private List<ReportBody.Final> finals(String request) {
      return replies.stream()
          .filter(reply -> reply.request().equals(request))
          .map(TargetReport::body)
          .filter(ReportBody.Final.class::isInstance)
          .map(ReportBody.Final.class::cast)
          .toList();
    }

    private long beats(String request) {
      return replies.stream()
          .filter(reply -> reply.request().equals(request))
          .filter(reply -> reply.body() instanceof ReportBody.Heartbeat)
          .count();
    }
  }
}
