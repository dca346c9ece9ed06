package dev.bandmaster.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.AlertEvent;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.DetectorRules;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.Posted;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.clock.LoggedErrors;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Watches on one store, in a world whose time is in seconds; it is 12:00 and nodes beat every 10.
 */
class FleetWatchTest {
  private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final AlertService service =
      new AlertService(
          store,
          new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
          new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
          clock);
  private final Map<String, Long> nodes = new HashMap<>();
  private final Set<String> silent = new HashSet<>();
  private final Set<String> distrusted = new HashSet<>();
  private final Set<String> poisoned = new HashSet<>();
  private final Set<String> underWork = new HashSet<>();
  private final List<String> asked = new ArrayList<>();
  private final List<FleetWatch> watches = new ArrayList<>();
  private boolean connected = true;
  private boolean isStoreAway;
  private double late = 1;
  private long second;

  private FleetWatch watch(String replica) {
    FleetWatch watch =
        new FleetWatch(
            store,
            DetectorRules.standard("main"),
            service,
            new FleetWatch.FleetSurroundings() {
              @Override
              public boolean isConnected() {
                return connected;
              }

              @Override
              public List<Change> with(NodeTransition transition, Instant now) {
                if (poisoned.contains(transition.node())) {
                  throw new IllegalStateException("a fault");
                }
                return List.of();
              }

              @Override
              public void watched(Instant now) {
                if (!poisoned.isEmpty()) {
                  throw new IllegalStateException("a fault");
                }
              }

              @Override
              public boolean isTrusted(String node) {
                if (poisoned.contains(node)) {
                  throw new IllegalStateException("a fault");
                }
                return !distrusted.contains(node);
              }

              @Override
              public Collection<String> underWork() {
                return underWork;
              }

              @Override
              public void ask(List<String> nodes) {
                asked.addAll(nodes);
              }
            },
            new TimeText(ZoneOffset.UTC),
            replica,
            clock);
    watches.add(watch);
    return watch;
  }

  private void storeIsAway(boolean isAway) {
    isStoreAway = isAway;
    store.setAway(isAway);
  }

  private void fleet(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> nodes.put("web" + i, 0L));
  }

  /** Lets time pass; every node that is not silent beats when it is its turn. */
  private void until(long end) {
    while (second < end) {
      second++;
      clock.advance(Duration.ofSeconds(1));
      List<PresenceEvent> beats = new ArrayList<>();
      nodes.replaceAll((node, sequence) -> {
        long every = Math.round(10 * late);
        boolean isTurn = second % every == Integer.parseInt(node.substring(3)) % every;
        if (!isTurn || silent.contains(node)) {
          return sequence;
        }
        beats.add(beat(node, sequence + 1));
        return sequence + 1;
      });
      if (connected && !beats.isEmpty()) {
        watches.forEach(watch -> {
          watch.receive(beats);
          watch.taken();
        });
      }
      watches.forEach(FleetWatch::look);
      if (!isStoreAway) {
        Posted.all(store, clock.instant());
      }
    }
  }

  private PresenceEvent beat(String node, long sequence) {
    return new PresenceEvent.Alive(
        new EventStamp(node, "prod", "boot-1", 1, sequence, clock.instant()),
        new Load(0.5, 2),
        Duration.ofSeconds(10),
        0,
        "hash");
  }

  /** What the message of each episode says above, in their order. */
  private List<String> headlines() {
    return store.committed(Change.PostMessage.class).stream()
        .filter(show -> show.item() instanceof Outbound.ChannelMessage)
        .map(show -> (Outbound.ChannelMessage) show.item())
        .map(shown ->
            ((dev.bandmaster.plugin.Message.Header) shown.message().blocks().getFirst()).text())
        .toList();
  }

  private AlertGroup only() {
    assertThat(store.alerts().open(10)).hasSize(1);
    return store.alerts().open(10).getFirst();
  }

  private NodeState kept(String node) {
    return store.lives().all().stream()
        .filter(life -> life.node().equals(node))
        .map(NodeRecord::state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isolation_aNodeOfWhichEverythingFailsForEverHidesNoOther() {
    FleetWatch watch = watch("bot-1");
    fleet(8);
    until(60);
    poisoned.add("web1");
    silent.addAll(List.of("web1", "web2", "web3"));
    distrusted.add("web3");
    until(200);
    assertThat(kept("web1")).isEqualTo(NodeState.DOWN);
    assertThat(kept("web2")).isEqualTo(NodeState.DOWN);
    assertThat(watch.life("web3")).as("whose key is gone is forgotten").isEmpty();
    assertThat(headlines()).contains("🟠 2 nodes are down in prod");
    silent.remove("web2");
    until(300);
    assertThat(kept("web2")).isEqualTo(NodeState.UP);
  }

  @Test
  void isolation_aRecordThatIsAtFaultForEverHidesNoOtherNodeAndIsReportedOnce() {
    watch("bot-1");
    fleet(8);
    until(60);
    watches.clear();
    poisonRecord("web1");
    silent.add("web1");
    try (var errors = new LoggedErrors(FleetWatch.class)) {
      watch("bot-2");
      until(100);
      silent.add("web2");
      until(200);
      assertThat(kept("web2")).isEqualTo(NodeState.DOWN);
      assertThat(headlines()).containsExactly("🟠 A node is down in prod");
      silent.remove("web2");
      underWork.add("web1");
      until(400);
      assertThat(kept("web2")).isEqualTo(NodeState.UP);
      assertThat(errors.messages())
          .containsExactly(
              "Fleet check: decision about web1 failed. Retrying with backoff; other items continue.",
              "Fleet check: maintenance of web1 failed. Retrying with backoff; other items"
                  + " continue.");
    }
  }

  /** Its interval is so long that nothing can be calculated with it. */
  private void poisonRecord(String node) {
    NodeRecord life =
        store.lives().all().stream()
            .filter(each -> each.node().equals(node))
            .findFirst()
            .orElseThrow();
    LastSeen seen = life.lastSeen();
    NodeRecord poison =
        new NodeRecord(
            node,
            life.environment(),
            life.applications(),
            new LastSeen(
                seen.version(),
                seen.at(),
                Duration.ofSeconds(Long.MAX_VALUE),
                seen.leaving(),
                seen.unansweredSince()),
            life.deadline(),
            life.standing());
    store.commit(
        new Change.NodeChanged(
            new NodeTransition(Optional.of(life), Optional.of(poison)), clock.instant()));
  }

  @Test
  void alertH3_theFlipItsAlertAndItsMessageAreOneCommit() {
    watch("bot-1");
    fleet(4);
    until(60);
    silent.add("web2");
    until(200);
    assertThat(kept("web2")).isEqualTo(NodeState.DOWN);
    List<Change> changes = store.committed();
    int transition =
        IntStream.range(0, changes.size())
            .filter(i ->
                changes.get(i) instanceof Change.NodeChanged(var changed, var _)
                    && changed.after().filter(life -> life.state() == NodeState.DOWN).isPresent())
            .findFirst()
            .orElseThrow();
    assertThat(changes.get(transition - 1)).isInstanceOf(Change.FleetWatched.class);
    assertThat(changes.get(transition + 1)).isInstanceOf(Change.UpdateAlertGroup.class);
    assertThat(headlines()).containsExactly("🟠 A node is down in prod");
    assertThat(asked).contains("web2").doesNotContain("web1");
    silent.clear();
    until(400);
    assertThat(headlines())
        .containsExactly(
            "🟠 A node is down in prod",
            "✅ Resolved: A node is down in prod",
            "✅ Resolved: A node is down in prod");
    assertThat(store.alerts().count()).isZero();
  }

  @Test
  void trap1_beatsThatAreAFifthLateAreNoFailure() {
    watch("bot-1");
    fleet(5);
    until(60);
    late = 1.2;
    until(600);
    assertThat(store.committed(Change.UpdateAlertGroup.class)).isEmpty();
    assertThat(kept("web1")).isEqualTo(NodeState.UP);
  }

  @Test
  void trap17_ofTwoReplicasOneWatchesAndTheOtherGoesOn() {
    FleetWatch first = watch("bot-1");
    FleetWatch second = watch("bot-2");
    fleet(4);
    until(60);
    assertThat(first.isWatching()).isTrue();
    assertThat(second.isWatching()).isFalse();
    silent.add("web2");
    until(100);
    watches.remove(first);
    until(200);
    assertThat(second.isWatching()).isTrue();
    assertThat(headlines()).containsExactly("🟠 A node is down in prod");
    assertThat(store.lives().history("web2", 10)).hasSize(3);
    watches.add(first);
    silent.add("web3");
    until(300);
    assertThat(first.isWatching()).as("the one that was away finds that it was replaced").isFalse();
    assertThat(only().firing()).hasSize(2);
    assertThat(store.lives().history("web3", 10)).hasSize(3);
  }

  @Test
  void alertH7_afterAnAbsenceThereIsOneDigest() {
    FleetWatch before = watch("bot-1");
    fleet(8);
    until(60);
    watches.remove(before);
    silent.addAll(List.of("web1", "web2", "web3"));
    until(60 + 480);
    watch("bot-1");
    until(900);
    assertThat(headlines())
        .containsExactly("🔴 The bot was down 12:00:56–12:09:01; not heard since: 3 of 8 nodes");
    assertThat(only().firing()).hasSize(3);
    silent.clear();
    until(1100);
    assertThat(store.alerts().count()).isZero();
  }

  @Test
  void alertH9_halfOfAnEnvironmentIsOneIncident() {
    watch("bot-1");
    fleet(20);
    until(60);
    IntStream.rangeClosed(1, 12).forEach(i -> silent.add("web" + i));
    until(160);
    assertThat(store.alerts().open(10))
        .extracting(episode -> episode.topic().rule())
        .containsExactly("mass_heartbeat_loss");
    assertThat(headlines()).last().isEqualTo("🔴 12 of 20 nodes went silent in prod");
    until(400);
    assertThat(store.alerts().open(10))
        .as("what does not come back is named once, grouped")
        .extracting(episode -> episode.topic().rule())
        .containsExactly("still_missing");
    assertThat(only().firing()).hasSize(12);
  }

  @Test
  void alertH8_withoutTheBrokerNobodyIsCalledDown() {
    watch("bot-1");
    fleet(6);
    until(60);
    connected = false;
    until(400);
    assertThat(store.alerts().open(10))
        .extracting(episode -> episode.topic().rule())
        .containsExactly("bus_unreachable");
    assertThat(kept("web1")).isNotEqualTo(NodeState.DOWN);
    connected = true;
    until(600);
    assertThat(store.alerts().count()).isZero();
  }

  @Test
  void alertH6_aStoreThatIsAwayMakesNobodyDown() {
    watch("bot-1");
    fleet(6);
    until(60);
    storeIsAway(true);
    until(300);
    storeIsAway(false);
    until(500);
    assertThat(store.committed(Change.UpdateAlertGroup.class)).isEmpty();
  }

  @Test
  void alertA7_aNodeInMaintenanceIsFollowedAndAnnouncedAfterwards() {
    watch("bot-1");
    fleet(4);
    until(60);
    store.commit(
        new Change.CreateSilence(
            new Silence(
                1,
                Silence.Kind.MAINTENANCE,
                Map.of("env", "prod", "node", "web2"),
                clock.instant(),
                clock.instant().plusSeconds(300),
                "bob",
                "new memory")));
    until(70);
    silent.add("web2");
    until(340);
    assertThat(kept("web2")).isEqualTo(NodeState.DOWN);
    assertThat(store.committed(Change.UpdateAlertGroup.class)).isEmpty();
    until(500);
    assertThat(only().firing()).hasSize(1);
  }

  @Test
  void alertA7_whatADeployTakesDownIsNotPosted() {
    watch("bot-1");
    fleet(4);
    until(60);
    underWork.add("web2");
    until(70);
    silent.add("web2");
    until(200);
    assertThat(store.committed(Change.UpdateAlertGroup.class)).isEmpty();
    silent.clear();
    underWork.clear();
    until(400);
    assertThat(store.committed(Change.UpdateAlertGroup.class)).isEmpty();
    silent.add("web2");
    until(600);
    assertThat(only().firing()).hasSize(1);
  }

  @Test
  void alertH4_aNodeThatIsNotTrustedAnyMoreIsForgottenAndItsAlertEnds() {
    watch("bot-1");
    fleet(4);
    until(60);
    silent.add("web2");
    until(200);
    assertThat(only().firing()).hasSize(1);
    distrusted.add("web2");
    until(300);
    assertThat(store.alerts().count()).isZero();
    assertThat(store.lives().all()).extracting(NodeRecord::node).doesNotContain("web2");
  }

  @Test
  void alertA5_whatSomebodyDoesAtTheSameTimeIsNotLost() {
    FleetWatch watch = watch("bot-1");
    fleet(6);
    until(60);
    silent.add("web2");
    until(150);
    AlertGroup seen = only();
    List<Change> acknowledgement = service.decide(seen, new AlertEvent.Acknowledged("U2", "bob"));
    store.commit(acknowledgement);
    silent.add("web3");
    until(300);
    assertThat(only().firing()).hasSize(2);
    assertThat(only().state().acknowledged()).isPresent();
    assertThat(watch.isWatching()).isTrue();
  }

  @Test
  void alertH2_aNodeThatBeatsMoreOftenThanWasThoughtIsMissedSooner() {
    watch("bot-1");
    fleet(4);
    until(60);
    watches.forEach(watch ->
        watch.receive(
            List.of(
                new PresenceEvent.Alive(
                    new EventStamp("web2", "prod", "boot-1", 2, 1, clock.instant()),
                    new Load(0.5, 2),
                    Duration.ofMinutes(10),
                    0,
                    "hash"))));
    until(61);
    watches.forEach(watch ->
        watch.receive(
            List.of(
                new PresenceEvent.Alive(
                    new EventStamp("web2", "prod", "boot-1", 2, 2, clock.instant()),
                    new Load(0.5, 2),
                    Duration.ofSeconds(10),
                    0,
                    "hash"))));
    silent.add("web2");
    until(100);
    assertThat(kept("web2")).isEqualTo(NodeState.DOWN);
  }

  @Test
  void aBeatCostsNoCommit() {
    watch("bot-1");
    fleet(10);
    until(100);
    long before = store.commits();
    until(200);
    assertThat(store.commits() - before).as("a note every five seconds").isEqualTo(20);
  }

  @Test
  void trustT22_whatOneReplicaLearnsOfANodeAllKnow() {
    fleet(3);
    FleetWatch watching = watch("one");
    FleetWatch other = watch("two");
    until(60);
    assertThat(watching.isWatching()).isTrue();
    assertThat(other.isWatching()).isFalse();
    // A job of the other replica ends, and web3 has not answered it.
    store.commit(new Change.Unanswered(List.of("web3"), clock.instant()));
    until(180);
    assertThat(watching.life("web3").orElseThrow().state()).isEqualTo(NodeState.ZOMBIE);
    assertThat(asked).contains("web3");
    other.answered(List.of("web3"));
    until(200);
    assertThat(watching.life("web3").orElseThrow().state()).isEqualTo(NodeState.UP);
    assertThat(store.lives().unanswered()).isEmpty();
  }

  @Test
  void trustT22_whoTakesTheWatchOverKnowsIt() {
    fleet(3);
    FleetWatch first = watch("one");
    FleetWatch second = watch("two");
    until(60);
    store.commit(new Change.Unanswered(List.of("web3"), clock.instant()));
    until(61);
    watches.remove(first);
    until(240);
    assertThat(second.isWatching()).isTrue();
    assertThat(second.life("web3").orElseThrow().state()).isEqualTo(NodeState.ZOMBIE);
  }

  @Test
  void trustT22_anAnswerOfANodeThatOwesNoneCostsNoCommit() {
    fleet(3);
    FleetWatch watching = watch("one");
    until(60);
    store.commit(new Change.Unanswered(List.of("web3"), clock.instant()));
    watching.answered(List.of("web1", "web2"));
    until(62);
    watching.answered(List.of("web1", "web2", "web3"));
    until(64);
    watching.answered(List.of("web1", "web2", "web3"));
    until(66);
    assertThat(store.committed(Change.AnsweredAgain.class)).hasSize(1);
  }
}
