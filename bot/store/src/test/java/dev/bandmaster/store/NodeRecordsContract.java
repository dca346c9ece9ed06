package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.fleet.BusHealth;
import dev.bandmaster.core.fleet.Decision;
import dev.bandmaster.core.fleet.Detector;
import dev.bandmaster.core.fleet.DetectorRules;
import dev.bandmaster.core.fleet.FleetScope;
import dev.bandmaster.core.fleet.Incident;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Hooks;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.NodeRecords.Watch;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store knows of the nodes' lives. */
public abstract class NodeRecordsContract {
  protected final SettableClock clock = new SettableClock(NOON);
  private final DetectorRules rules = DetectorRules.standard("main");
  private final Detector detector =
      new Detector(
          rules,
          (node, work) -> {
            work.run();
            return true;
          },
          NOON);
  private Store store;

  /** Opens an empty store. */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
    detector.takeUp(List.of(), List.of(), Optional.empty(), NOON);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private void beat(String node, long sequence) {
    Instant now = clock.instant();
    detector.receive(
        new PresenceEvent.Alive(
            new EventStamp(node, "prod", "boot-1", 1, sequence, now),
            new Load(0.5, 2),
            Duration.ofSeconds(10),
            0,
            "hash"),
        now);
  }

  /** Looks every second for so long, and returns everything that was decided. */
  private List<NodeTransition> look(int seconds) {
    return IntStream.range(0, seconds)
        .boxed()
        .flatMap(second -> {
          clock.advance(Duration.ofSeconds(1));
          Decision decision = detector.decide(BusHealth.CLEAR, clock.instant());
          keep(decision.transitions());
          detector.accept(decision, clock.instant());
          return decision.transitions().stream();
        })
        .toList();
  }

  private void keep(List<NodeTransition> transitions) {
    store.commit(
        transitions.stream()
            .<Change>map(transition -> new Change.NodeChanged(transition, clock.instant()))
            .toList());
  }

  @Test
  void alertH3_aLifeIsReadAsItWasConcluded() {
    beat("web1", 1);
    beat("web2", 1);
    look(15);
    beat("web2", 2);
    look(25);
    assertThat(store.lives().all()).extracting(NodeRecord::node).containsExactly("web1", "web2");
    store
        .lives()
        .all()
        .forEach(life ->
            assertThat(detector.life(life.node()).map(NodeRecord::standing))
                .contains(life.standing()));
    assertThat(store.lives().failing()).isEqualTo(1);
  }

  @Test
  void alertH3_eachChangeOfStateHasARow() {
    beat("web1", 1);
    look(45);
    assertThat(store.lives().history("web1", 10))
        .extracting(changed -> changed.before() + " " + changed.after())
        .containsExactly(
            "Optional[LATE] Optional[DOWN]",
            "Optional[UP] Optional[LATE]",
            "Optional.empty Optional[UP]");
    assertThat(store.lives().history("web1", 1)).hasSize(1);
    assertThat(store.lives().history("web2", 10)).isEmpty();
  }

  @Test
  void trap17_aConclusionThatSomebodyElseHasDrawnIsNotKeptTwice() {
    beat("web1", 1);
    List<NodeTransition> transitions = look(45);
    for (NodeTransition transition : transitions) {
      assertThatThrownBy(() -> keep(List.of(transition))).isInstanceOf(StoreConflict.class);
    }
    assertThat(store.lives().history("web1", 10)).hasSize(3);
  }

  @Test
  void whatWasForgottenIsGone() {
    beat("web1", 1);
    look(12);
    NodeRecord life = store.lives().all().getFirst();
    NodeTransition forgotten = new NodeTransition(Optional.of(life), Optional.empty());
    keep(List.of(forgotten));
    assertThat(store.lives().all()).isEmpty();
    assertThat(store.lives().history("web1", 1).getFirst().after()).isEmpty();
    assertThatThrownBy(() -> keep(List.of(forgotten))).isInstanceOf(StoreConflict.class);
  }

  @Test
  void alertH1_whatWasSeenLatelyMovesTheDeadlineOnAndNeverBack() {
    beat("web1", 1);
    look(12);
    NodeRecord before = store.lives().all().getFirst();
    beat("web1", 2);
    beat("web1", 3);
    NodeRecord seen = detector.life("web1").orElseThrow();
    store.commit(new Change.NodesSeen(List.of(seen)));
    store.commit(new Change.NodesSeen(List.of(before)));
    NodeRecord kept = store.lives().all().getFirst();
    assertThat(kept.deadline()).isEqualTo(seen.deadline()).isAfter(before.deadline());
    assertThat(kept.lastSeen()).isEqualTo(seen.lastSeen());
    assertThat(kept.state()).isEqualTo(NodeState.UP);
    store.commit(new Change.NodesSeen(List.of()));
  }

  @Test
  void alertH6_ofTwoWhoWatchOneFindsThatTheOtherHas() {
    assertThat(store.lives().watch()).isEmpty();
    Watch first = new Watch("bot-1", NOON, List.of());
    store.commit(new Change.FleetWatched(Optional.empty(), first));
    assertThatThrownBy(() ->
            store.commit(
                new Change.FleetWatched(Optional.empty(), new Watch("bot-2", NOON, List.of()))))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.lives().watch()).contains(first);
    Watch second = new Watch("bot-2", NOON.plusSeconds(30), List.of(incident()));
    store.commit(new Change.FleetWatched(Optional.of(first), second));
    assertThat(store.lives().watch()).contains(second);
    assertThatThrownBy(() ->
            store.commit(
                new Change.FleetWatched(
                    Optional.of(first), new Watch("bot-1", NOON.plusSeconds(31), List.of()))))
        .isInstanceOf(StoreConflict.class);
  }

  @Test
  void aProgramIsRunByOneAndCalledForANodeInTheOrderOfWhatHappened() {
    Hooks.Call failed = call("failed", "web1");
    Hooks.Call other = call("failed", "web2");
    Hooks.Call join = call("join", "web1");
    store.commit(new Change.RequestHook(failed), new Change.RequestHook(other));
    assertThat(store.hooks().claim(failed, "bot-1", NOON, Duration.ofMinutes(1))).isTrue();
    assertThat(store.hooks().claim(failed, "bot-2", NOON, Duration.ofMinutes(1))).isFalse();
    store.commit(new Change.RequestHook(join));
    assertThat(store.hooks().waiting(NOON, 10)).containsExactly(other);
    store.commit(new Change.HookFinished(failed.id(), "bot-2"));
    assertThat(store.hooks().count()).as("it is not bot-2's").isEqualTo(3);
    store.commit(new Change.HookFinished(failed.id(), "bot-1"));
    assertThat(store.hooks().waiting(NOON, 10)).containsExactlyInAnyOrder(other, join);
    store.commit(new Change.RequestHook(call("failed", "web1")));
    assertThat(store.hooks().count()).as("what nobody began is replaced").isEqualTo(2);
  }

  private Hooks.Call call(String event, String node) {
    clock.advance(Duration.ofMillis(1));
    return new Hooks.Call(Ids.next(clock.instant()), "haproxy", node, event, clock.instant());
  }

  private static Incident incident() {
    return new Incident(
        Incident.Kind.MASS_LOSS,
        new FleetScope("prod"),
        NOON,
        NOON,
        Duration.ofSeconds(30),
        Optional.empty(),
        12,
        NOON);
  }

  @Test
  void trustT22_theFirstSilenceOfANodeStaysUntilItHasAnswered() {
    Instant at = Instant.parse("2026-05-04T12:00:00Z");
    store.commit(List.of(new Change.Unanswered(List.of("web1", "web2"), at)));
    store.commit(List.of(new Change.Unanswered(List.of("web1"), at.plusSeconds(9))));
    assertThat(store.lives().unanswered()).isEqualTo(Map.of("web1", at, "web2", at));
    store.commit(List.of(new Change.AnsweredAgain("web1", at.minusSeconds(1))));
    assertThat(store.lives().unanswered()).containsKey("web1");
    store.commit(List.of(new Change.AnsweredAgain("web1", at)));
    assertThat(store.lives().unanswered()).isEqualTo(Map.of("web2", at));
  }
}
