package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.RequestIds;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.NodeCodec;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.RequestReader;
import dev.bandmaster.wire.RoutingKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold on every broker. Each test has exchanges and queues of its own. */
abstract class BusSuite {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final BotKeys BOT =
      BotKeys.generate(
          "bot-1", Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2120-01-01T00:00:00Z"));
  private static final BotKeyRing RING = new BotKeyRing(List.of(BOT.publicKeys()));

  private final SplittableRandom random = new SplittableRandom();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, NodeKeys> keysOf = new HashMap<>();
  private final EnrolledNodes directory = new EnrolledNodes();
  private final BotCodec codec = new BotCodec(List.of(BOT), directory);
  ConnectionSettings settings = ConnectionSettings.of("amqp://nowhere", "test", "unset");
  Recorder recorder = new Recorder(directory);
  AmqpAgentBus bot = new AmqpAgentBus(settings, codec, CLOCK, random);

  /** Where the broker is, user and password included. */
  abstract String uri();

  /** Cuts every connection to the broker, from the outside. */
  abstract void cutConnections();

  @BeforeEach
  void startTheBot() {
    String prefix = "bmtest-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    settings =
        ConnectionSettings.of(uri(), "test", "replica-1")
            .withPrefix(prefix)
            .withRetries(Duration.ofMillis(20), Duration.ofMillis(500));
    bot = closing(new AmqpAgentBus(settings, codec, CLOCK, random));
    bot.start(recorder);
    bot.acquire(bot.replyTo());
    Recorder.await("the bot is connected", () -> bot.state() instanceof BusState.Connected);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
    try (Connection connection = connect()) {
      var names = new Names(settings.prefix());
      for (String exchange :
          List.of(names.requests(), names.replies(), names.events(), names.dead())) {
        tidy(connection, channel -> channel.exchangeDelete(exchange));
      }
      var queues = new ArrayList<String>();
      queues.add(names.noticeQueue());
      queues.add(names.serviceQueue("test", "work"));
      List.of("replica-1", "replica-2").forEach(replica -> queues.add(names.replyQueue(replica)));
      List.of("web1", "web2", "db1").forEach(node -> queues.add(names.inboxQueue(node)));
      for (String queue : queues) {
        tidy(connection, channel -> channel.queueDelete(queue));
      }
    }
  }

  /**
   * Deletes on a channel of its own: the embedded broker closes the channel when there is nothing
   * to delete.
   */
  private static void tidy(Connection connection, Topology.Declaring deleting) throws Exception {
    Channel channel = connection.createChannel();
    try {
      deleting.declare(channel);
      channel.close();
    } catch (IOException nothingToDelete) {
      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void broadcastReachesTheNodesForWhichTheFilterHolds() {
    node("web1", "staging", "web");
    node("web2", "staging", "web");
    node("db1", "staging", "db");
    Request request =
        request(new Target.Broadcast("staging", "app=web and not web2"), "ping", Delivery.LIVE);
    assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of()));
    Recorder.await("web1 answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void appBroadcastReachesTheAppAcrossEnvs() {
    node("web1", "staging", "web");
    node("web2", "prod", "web");
    node("db1", "prod", "db");
    Request request = request(new Target.AppBroadcast("", "web"), "ping", Delivery.LIVE);
    assertThat(bot.publish(request)).isInstanceOf(PublishResult.Sent.class);
    Recorder.await(
        "both answer", () -> recorder.finalsOf(request.id()).equals(List.of("web1", "web2")));
  }

  @Test
  void namedNodesAreReachedAndTheAbsentAreNamed() {
    node("web1", "staging", "web");
    Request request = request(new Target.Nodes(List.of("web1", "gone7")), "ping", Delivery.LIVE);
    assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of("gone7")));
    Recorder.await("web1 answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void anyOneWorkIsDoneOnce() {
    node("web1", "staging", "web", Set.of("work"));
    node("web2", "staging", "web", Set.of("work"));
    for (int i = 0; i < 20; i++) {
      Request request = request(new Target.AnyOne(), "work", Delivery.LIVE);
      assertThat(bot.publish(request)).isInstanceOf(PublishResult.Sent.class);
      Recorder.await("one answers", () -> recorder.finalsOf(request.id()).size() == 1);
    }
    assertThat(recorder.replies).hasSize(20);
  }

  @Test
  void queuedWorkWaitsForItsNode() {
    TestNode first = node("web1", "staging", "web");
    first.close();
    Recorder.await("web1 is gone", () -> !listens("web1"));
    Request request = request(new Target.Nodes(List.of("web1")), "ping", Delivery.QUEUE);
    assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of()));
    node("web1", "staging", "web");
    Recorder.await(
        "web1 answers when it is back",
        () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void trap10_nobodyListensIsSaidAtOnce() {
    node("web1", "staging", "web");
    assertThat(bot.publish(request(new Target.AppBroadcast("prod", "web"), "ping", Delivery.LIVE)))
        .isEqualTo(new PublishResult.Unroutable("no agent is listening for web in prod"));
    assertThat(bot.publish(request(new Target.Broadcast("prod", ""), "ping", Delivery.LIVE)))
        .isEqualTo(new PublishResult.Unroutable("no agent is listening for ping in prod"));
    assertThat(bot.publish(request(new Target.Nodes(List.of("gone7")), "ping", Delivery.LIVE)))
        .isEqualTo(new PublishResult.Unroutable("gone7 is not listening"));
    assertThat(bot.publish(request(new Target.AnyOne(), "work", Delivery.LIVE)))
        .isEqualTo(new PublishResult.Unroutable("no node offers work now"));
  }

  @Test
  void trap11_twoMonitorsBothReceiveAllEvents() {
    var second = new Recorder(directory);
    var monitor = closing(new AmqpAgentBus(settings.withName("replica-2"), codec, CLOCK, random));
    monitor.start(second);
    Recorder.await("the second is connected", () -> monitor.state() instanceof BusState.Connected);
    TestNode node = node("web1", "staging", "web");
    node.announce(new PresenceEvent.Leave(node.stamps.next()));
    Recorder.await("the first saw it leave", () -> recorder.presence.size() == 2);
    Recorder.await("the second saw it leave", () -> second.presence.size() == 2);
    assertThat(second.presence).isEqualTo(recorder.presence);
  }

  @Test
  void trap12_nodeNamesStayOneWord() {
    for (String name : List.of("web1.example.com", "WEB_1", "näh-café", "ノード1", "x".repeat(180))) {
      node(name, "staging", "web", Set.of(), new NodeOptions(false, Set.of()));
      Request request = request(new Target.Nodes(List.of(name)), "ping", Delivery.LIVE);
      assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of()));
      Recorder.await(
          name + " answers", () -> recorder.finalsOf(request.id()).equals(List.of(name)));
    }
  }

  @Test
  void trap5_aRequestUnderAnotherRoutingKeyIsUntrusted() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    Request forWeb2 = request(new Target.Nodes(List.of("web2")), "ping", Delivery.LIVE);
    send(
        new Names(settings.prefix()).requests(),
        RoutingKeys.node("test", "web1"),
        codec.sign(forWeb2),
        "");
    Recorder.await("web1 refuses", () -> web1.untrusted.size() == 1);
    assertThat(web1.untrusted.getFirst().rejected().kind())
        .isEqualTo(RejectedMessage.Kind.DISAGREES);
    assertThat(web1.ran).isEmpty();
  }

  @Test
  void trap6_theSameSignedBytesTwiceRunOnce() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    Request request = request(new Target.Nodes(List.of("web1")), "ping", Delivery.LIVE);
    byte[] signed = codec.sign(request);
    for (int i = 0; i < 2; i++) {
      send(new Names(settings.prefix()).requests(), RoutingKeys.node("test", "web1"), signed, "");
    }
    Recorder.await("both are answered", () -> recorder.finalsOf(request.id()).size() == 2);
    assertThat(web1.ran).hasSize(1);
    assertThat(recorder.replies.stream().map(reply -> ((ReportBody.Final) reply.body()).code()))
        .containsExactlyInAnyOrder(FinalCode.OK, FinalCode.DUPLICATE);
  }

  @Test
  void trap19_aReplyForgedWithAnotherNodesIdentityIsRejected() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    var thief = new NodeCodec("web1", NodeKeys.generate(), new RequestReader(RING, CLOCK));
    var end = new ReportBody.Final(FinalCode.OK, "all fine", 0, Data.none());
    var forged = new TargetReport("some-request", "web1", "boot-1", 1, CLOCK.instant(), end);
    send(
        new Names(settings.prefix()).replies(),
        RoutingKeys.reply("replica-1", forged),
        thief.sign(forged),
        "");
    Recorder.await("the bot rejects it", () -> recorder.rejected.size() == 1);
    assertThat(recorder.rejected.getFirst().kind()).isEqualTo(RejectedMessage.Kind.BAD_SIGNATURE);
    assertThat(recorder.rejected.getFirst().source()).isEqualTo(web1.self.node());
    assertThat(recorder.replies).isEmpty();
  }

  @Test
  void malformedMessagesAreDroppedOnBothSidesAndNothingStops() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    byte[][] bodies = {
      {},
      {0, 1, 2, (byte) 0xff},
      "not signed".getBytes(StandardCharsets.UTF_8),
      "a.b.c".getBytes(StandardCharsets.UTF_8)
    };
    for (byte[] body : bodies) {
      send(new Names(settings.prefix()).requests(), RoutingKeys.node("test", "web1"), body, "");
      send(new Names(settings.prefix()).replies(), "replica-1.x.web1", body, "");
      send(new Names(settings.prefix()).events(), "presence.staging.web1.alive", body, "");
    }
    Recorder.await("the node drops them", () -> web1.untrusted.size() == bodies.length);
    Recorder.await("the bot drops them", () -> recorder.rejected.size() == 2 * bodies.length);
    Request request = request(new Target.Nodes(List.of("web1")), "ping", Delivery.LIVE);
    bot.publish(request);
    Recorder.await(
        "web1 still answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void reliabilityR2_aListenerThatFailsGetsTheRepliesAgain() {
    node("web1", "staging", "web");
    recorder.failuresToThrow.set(1);
    Request request = request(new Target.Nodes(List.of("web1")), "ping", Delivery.LIVE);
    bot.publish(request);
    Recorder.await(
        "the reply comes again", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void alertsArrive() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    web1.bus.announce(
        new AlertEvent(
            web1.stamps.next(), AlertEvent.Severity.WARNING, "disk-full", "/var is 97 % full"));
    Recorder.await("the alert arrives", () -> recorder.alerts.size() == 1);
    assertThat(recorder.alerts.getFirst().summary()).isEqualTo("/var is 97 % full");
  }

  @Test
  void afterEveryConnectionWasCutAllComeBack() {
    node("web1", "staging", "web");
    node("web2", "staging", "web");
    cutConnections();
    Recorder.await(
        "all are back",
        () -> bot.state() instanceof BusState.Connected && listens("web1") && listens("web2"));
    recorder.presence.clear();
    bot.publish(presenceCall());
    Recorder.await("both show themselves when asked", () -> updates() == 2);
    Request request = request(new Target.Nodes(List.of("web1", "web2")), "ping", Delivery.LIVE);
    assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of()));
    Recorder.await(
        "both answer", () -> recorder.finalsOf(request.id()).equals(List.of("web1", "web2")));
  }

  @Test
  void aNodeThatChangesListensForWhatItBecame() {
    TestNode web1 = node("web1", "staging", "web");
    var changed =
        new NodeDescription(
            "web1",
            "test",
            "staging",
            Map.of("api", "1"),
            List.of(),
            List.of(),
            Map.of(),
            List.of("ping"));
    web1.announce(new PresenceEvent.Update(web1.stamps.next(), changed));
    assertThat(
            bot.publish(request(new Target.AppBroadcast("staging", "web"), "ping", Delivery.LIVE)))
        .isInstanceOf(PublishResult.Unroutable.class);
    Request request = request(new Target.AppBroadcast("staging", "api"), "ping", Delivery.LIVE);
    assertThat(bot.publish(request)).isInstanceOf(PublishResult.Sent.class);
    Recorder.await("web1 answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void leaseS5_repliesWaitForTheReplicaThatAcquiresTheLease() {
    node("web1", "staging", "web");
    Request request = answeredAt("replica-2", "web1");
    assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of()));
    Recorder.await("the reply waits", () -> waiting("replica-2") == 1);
    bot.acquire("replica-2");
    bot.acquire("replica-2");
    Recorder.await("it is taken", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
    assertThat(recorder.leases).containsExactly("replica-2");
    Request own = request(new Target.Nodes(List.of("web1")), "ping", Delivery.LIVE);
    bot.publish(own);
    Recorder.await("the own too", () -> recorder.finalsOf(own.id()).equals(List.of("web1")));
    assertThat(recorder.replies).hasSize(2);
  }

  @Test
  void leaseS5_repliesOfAReleasedLeaseStayInItsQueueAlsoTheOwn() {
    node("web1", "staging", "web");
    bot.release("replica-1");
    bot.release("replica-1");
    Recorder.await("nobody takes", () -> takers("replica-1") == 0);
    Request request = answeredAt("replica-1", "web1");
    bot.publish(request);
    Recorder.await("the reply waits", () -> waiting("replica-1") == 1);
    assertThat(recorder.replies).isEmpty();
    bot.acquire("replica-1");
    Recorder.await("it is taken", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  @Test
  void leaseS5_repliesOfALostLeaseGoToItsHolder() {
    node("web1", "staging", "web");
    recorder.lostLeases.add("replica-1");
    var second = new Recorder(directory);
    var holder = closing(new AmqpAgentBus(settings.withName("replica-2"), codec, CLOCK, random));
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      requests.add(answeredAt("replica-1", "web1"));
      bot.publish(requests.getLast());
    }
    Recorder.await("the first gives up", () -> takers("replica-1") == 0);
    Recorder.await("all wait", () -> waiting("replica-1") == 20);
    holder.acquire("replica-1");
    holder.start(second);
    Recorder.await("the holder has all", () -> second.replies.size() == 20);
    assertThat(second.replies.stream().map(TargetReport::request))
        .containsExactlyInAnyOrderElementsOf(requests.stream().map(Request::id).toList());
    assertThat(recorder.replies).isEmpty();
    recorder.lostLeases.clear();
    holder.release("replica-1");
    bot.acquire("replica-1");
    Request back = answeredAt("replica-1", "web1");
    bot.publish(back);
    Recorder.await("the first is back", () -> recorder.finalsOf(back.id()).equals(List.of("web1")));
  }

  @Test
  void leaseS5_twoConsumersOfOneQueueShareItsReplies() {
    node("web1", "staging", "web");
    var second = new Recorder(directory);
    var other = closing(new AmqpAgentBus(settings.withName("replica-2"), codec, CLOCK, random));
    other.start(second);
    other.acquire("replica-1");
    Recorder.await("both take", () -> takers("replica-1") == 2);
    for (int i = 0; i < 40; i++) {
      bot.publish(answeredAt("replica-1", "web1"));
    }
    Recorder.await("all are heard", () -> recorder.replies.size() + second.replies.size() == 40);
    var all = new ArrayList<>(recorder.replies);
    all.addAll(second.replies);
    assertThat(all.stream().map(TargetReport::request)).doesNotHaveDuplicates();
  }

  @Test
  void leaseS5_whatIsAcquiredIsAcquiredOnTheNextConnectionToo() {
    node("web1", "staging", "web");
    bot.acquire("replica-2");
    Recorder.await("it is taken from", () -> takers("replica-2") == 1);
    cutConnections();
    Recorder.await(
        "all are back", () -> bot.state() instanceof BusState.Connected && listens("web1"));
    Recorder.await("it is taken from again", () -> takers("replica-2") == 1);
    Request request = answeredAt("replica-2", "web1");
    bot.publish(request);
    Recorder.await("web1 answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  /** How many take from a lease's queue. */
  final long takers(String lease) {
    return look(lease, Channel::consumerCount);
  }

  /** How many replies wait in a lease's queue for somebody to take them. */
  private long waiting(String lease) {
    return look(lease, Channel::messageCount);
  }

  private interface Looking {
    long at(Channel channel, String queue) throws IOException;
  }

  private long look(String lease, Looking looking) {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      return looking.at(channel, new Names(settings.prefix()).replyQueue(lease));
    } catch (Exception notThere) {
      return -1;
    }
  }

  final Request answeredAt(String lease, String node) {
    return request(new Target.Nodes(List.of(node)), "ping", "run", Delivery.LIVE, lease);
  }

  private long updates() {
    return recorder.presence.stream().filter(PresenceEvent.Update.class::isInstance).count();
  }

  private Request presenceCall() {
    return request(
        new Target.Broadcast("", ""), PresenceCall.CAPABILITY, PresenceCall.ACTION, Delivery.LIVE);
  }

  private long joins() {
    return recorder.presence.stream().filter(PresenceEvent.Join.class::isInstance).count();
  }

  final boolean listens(String node) {
    Request probe = request(new Target.Nodes(List.of(node)), "ping", Delivery.LIVE);
    return bot.publish(probe) instanceof PublishResult.Sent;
  }

  final TestNode node(String name, String env, String app) {
    return node(name, env, app, Set.of());
  }

  private TestNode node(String name, String env, String app, Set<String> services) {
    return node(name, env, app, services, new NodeOptions(true, services));
  }

  private TestNode node(
      String name, String env, String app, Set<String> services, NodeOptions options) {
    var capabilities = new ArrayList<>(services);
    capabilities.add("ping");
    var self =
        new NodeDescription(
            name, "test", env, Map.of(app, "1.0"), List.of(), List.of(), Map.of(), capabilities);
    long before = joins();
    var keys = keysOf.computeIfAbsent(name, node -> NodeKeys.generate());
    TestNode node = closing(new TestNode(settings, self, keys, RING, options, CLOCK));
    node.start();
    Recorder.await(name + " joins", () -> joins() > before);
    return node;
  }

  final Request request(Target target, String capability, Delivery delivery) {
    return request(target, capability, "run", delivery);
  }

  private Request request(Target target, String capability, String action, Delivery delivery) {
    return request(target, capability, action, delivery, bot.replyTo());
  }

  private Request request(
      Target target, String capability, String action, Delivery delivery, String replyTo) {
    String id = RequestIds.next(CLOCK.instant(), random);
    return new Request(
        id,
        id,
        CLOCK.instant(),
        Duration.ofSeconds(60),
        CLOCK.instant().plusSeconds(60),
        "bandmaster",
        new Caller("slack:T1:U1", "ann", "C1", List.of("developer"), List.of()),
        "test",
        target,
        capability,
        action,
        JsonNodeFactory.instance.objectNode(),
        delivery,
        replyTo,
        "");
  }

  private void send(String exchange, String key, byte[] body, String correlation) throws Exception {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      channel.confirmSelect();
      var properties = new AMQP.BasicProperties.Builder();
      if (!correlation.isEmpty()) {
        properties.correlationId(correlation);
      }
      channel.basicPublish(exchange, key, properties.build(), body);
      channel.waitForConfirmsOrDie(10_000);
    }
  }

  final Connection connect() throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("test");
  }

  private <T extends AutoCloseable> T closing(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
