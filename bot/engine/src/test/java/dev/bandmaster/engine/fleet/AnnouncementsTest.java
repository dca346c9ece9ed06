package dev.bandmaster.engine.fleet;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnnouncementsTest {
  /** Nobody waits so long: what a test waits for has to come. */
  private static final Duration LONG = Duration.ofHours(1);

  private static final NodePublicKey KEY =
      new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");

  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore();
  private final List<List<String>> asked = new ArrayList<>();
  private List<NodeDescription> listed = List.of();

  /** One replica's knowledge of the fleet. */
  private final class Replica {
    final Presence presence = new Presence(store, () -> listed, clock);
    final Enrolments enrolments = new Enrolments(store, false, clock, (node, key) -> {});
    final Announcements announcements;
    final FleetPlanningContext planning;

    Replica(Duration patience, List<String> expected, Consumer<List<String>> ask) {
      announcements =
          new Announcements(
              presence,
              enrolments,
              expected,
              nodes -> {
                asked.add(nodes);
                ask.accept(nodes);
              },
              patience,
              clock);
      announcements.connected();
      planning =
          new FleetPlanningContext(
              presence,
              new Catalogue(new HashMap<>(), new HashMap<>()),
              store.jobs(),
              clock,
              announcements);
    }

    void join(String node) {
      presence.observe(List.of(AnnouncementsTest.join(node)));
    }
  }

  private Replica replica(Duration patience, String... expected) {
    return new Replica(patience, List.of(expected), nodes -> {});
  }

  private static EventStamp stamp(String node, String environment, long sequence) {
    return new EventStamp(node, environment, "boot", 1, sequence, NOON);
  }

  private static PresenceEvent join(String node) {
    return new PresenceEvent.Join(stamp(node, "staging", 5), description(node));
  }

  private static NodeDescription description(String node) {
    return new NodeDescription(
        node, "main", "staging", Map.of("web", "1.4.1"), List.of(), List.of(), Map.of(), List.of());
  }

  private static List<String> names(List<Node> nodes) {
    return nodes.stream().map(Node::name).toList();
  }

  @Test
  void trustT29_whereNobodyIsKnownOrExpectedNobodyIsWaitedFor() {
    OnePlan plan = replica(LONG).planning.onePlan();
    assertThat(plan.running("staging", "web")).isEmpty();
    assertThat(plan.leftOut()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void trustT29_aNodeThatWasJustAcceptedIsAskedAndWaitedFor() {
    List<Replica> one = new ArrayList<>();
    one.add(new Replica(LONG, List.of(), nodes -> nodes.forEach(one.getFirst()::join)));
    Replica replica = one.getFirst();
    replica.join("web1");
    replica.enrolments.ask(new Enrolment(stamp("web4", "staging", 1), KEY));
    var _ = replica.enrolments.accept("web4", KEY.fingerprint());
    OnePlan plan = replica.planning.onePlan();
    assertThat(names(plan.running("staging", "web"))).containsExactly("web1", "web4");
    assertThat(plan.leftOut()).isEmpty();
    assertThat(asked).containsExactly(List.of("web4"));
  }

  @Test
  void trustT29_aPlanGoesOnAsSoonAsItsNodeIsSeen() throws InterruptedException {
    List<Thread> nodes = new ArrayList<>();
    List<Replica> one = new ArrayList<>();
    one.add(
        new Replica(
            LONG,
            List.of(),
            names -> nodes.add(Thread.ofVirtual().start(() -> one.getFirst().join("web4")))));
    store.commit(new Change.TrustNode("web4", KEY, NOON));
    assertThat(names(one.getFirst().planning.onePlan().running("staging", "web")))
        .containsExactly("web4");
    nodes.getFirst().join();
  }

  @Test
  void trustT29_aNodeThatIsNotSeenIsNamedAndNoFurtherPlanWaits() {
    Replica replica = replica(Duration.ZERO, "web5");
    store.commit(new Change.TrustNode("web4", KEY, NOON));
    for (int i = 0; i < 3; i++) {
      OnePlan plan = replica.planning.onePlan();
      plan.select("web*");
      assertThat(plan.leftOut()).containsExactly("web4", "web5");
    }
    assertThat(asked).as("asked once").containsExactly(List.of("web4"));
    replica.announcements.connected();
    replica.planning.onePlan().select("web*");
    assertThat(asked).as("and again when the connection was made again").hasSize(2);
  }

  @Test
  void trustT29_anExpectedNodeThatIsAcceptedLaterIsWaitedForAgain() {
    List<Replica> one = new ArrayList<>();
    one.add(
        new Replica(Duration.ZERO, List.of("web4"), nodes -> nodes.forEach(one.getFirst()::join)));
    OnePlan before = one.getFirst().planning.onePlan();
    before.select("");
    assertThat(before.leftOut()).containsExactly("web4");
    store.commit(new Change.TrustNode("web4", KEY, NOON));
    OnePlan after = one.getFirst().planning.onePlan();
    after.select("");
    assertThat(after.leftOut()).isEmpty();
  }

  @Test
  void trustT29_aFreshReplicaPlansWithWhatTheOthersHaveSeen() {
    Replica fresh = replica(Duration.ZERO);
    Replica other = replica(Duration.ZERO);
    store.commit(new Change.TrustNode("web1", KEY, NOON), new Change.TrustNode("web2", KEY, NOON));
    other.join("web1");
    other.join("web2");
    OnePlan plan = fresh.planning.onePlan();
    assertThat(names(plan.running("staging", "web"))).containsExactly("web1", "web2");
    assertThat(plan.leftOut()).isEmpty();
    assertThat(asked).as("it waits until they have announced themselves").hasSize(1);
  }

  @Test
  void trustT29_aNodeThatAnotherReplicaHasAcceptedIsNotForgottenLater() {
    Replica one = replica(Duration.ZERO);
    Replica two = replica(Duration.ZERO);
    store.commit(new Change.TrustNode("web1", KEY, NOON));
    one.join("web1");
    two.join("web1");
    clock.advance(Duration.ofMinutes(5));
    one.enrolments.ask(new Enrolment(stamp("web4", "staging", 1), KEY));
    var _ = one.enrolments.accept("web4", KEY.fingerprint());
    OnePlan plan = two.planning.onePlan();
    assertThat(names(plan.running("staging", "web"))).containsExactly("web1");
    assertThat(plan.leftOut()).containsExactly("web4");
  }

  @Test
  void trustT29_aNodeOfAnotherEnvironmentIsNotMissing() {
    Replica replica = replica(Duration.ZERO);
    store.commit(new Change.TrustNode("web4", KEY, NOON));
    replica.presence.observe(
        List.of(
            new PresenceEvent.Alive(
                stamp("web4", "prod", 1), new Load(0.5, 2), Duration.ofSeconds(10), 0, "hash")));
    OnePlan plan = replica.planning.onePlan();
    plan.running("staging", "web");
    plan.select("env=staging");
    assertThat(plan.leftOut()).isEmpty();
    plan.running("prod", "web");
    assertThat(plan.leftOut()).containsExactly("web4");
  }

  @Test
  void trustT29_whatIsWellKnownCostsOneSmallQuestion() {
    Replica replica = replica(LONG);
    replica.join("web1");
    clock.advance(Duration.ofMinutes(5));
    long before = store.committed().size();
    assertThat(names(replica.planning.onePlan().running("staging", "web"))).containsExactly("web1");
    assertThat(asked).isEmpty();
    assertThat(store.committed()).hasSize((int) before);
  }

  @Test
  void backend_nobodyWaitsForListedTargetsAndNoneIsLeftOut() {
    Replica replica = replica(LONG, "box1");
    listed = List.of(description("box1"), description("box2"));
    OnePlan plan = replica.planning.onePlan();
    assertThat(names(plan.running("staging", "web"))).containsExactly("box1", "box2");
    assertThat(plan.select("box2"))
        .isEqualTo(
            new PlanningContext.Selection.Selected(plan.running("staging", "web").subList(1, 2)));
    assertThat(plan.leftOut()).isEmpty();
    replica.planning.await(List.of("box1", "box2"));
    assertThat(asked).isEmpty();
    listed = List.of();
    assertThat(replica(Duration.ZERO, "box1").planning.onePlan().running("staging", "web"))
        .isEmpty();
  }
}
