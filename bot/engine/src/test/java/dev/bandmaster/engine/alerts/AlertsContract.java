package dev.bandmaster.engine.alerts;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.AlreadyRecorded;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.testing.Posted;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.store.FirstFormat;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store knows of alerts. */
public abstract class AlertsContract {
  private static final GroupKey DOWN = new GroupKey("node_down", "main", "prod", "");

  protected final SettableClock clock = new SettableClock(NOON);
  private Store store;
  private AlertService service;

  /** Opens an empty store. */
  protected abstract Store open();

  /** Runs a statement on what the closed store holds. */
  protected abstract void execute(String statement);

  /** The statements of a migration. */
  protected abstract List<String> migration(String file) throws IOException;

  @BeforeEach
  void openStore() {
    store = open();
    service =
        new AlertService(
            store,
            new AlertRoutes(
                List.of(), Optional.of("COPS"), Optional.of("CFALL"), AlertTimes.STANDARD),
            new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.of("U1")),
            clock);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Signal falls(String node, Severity severity) {
    return new Signal.Fired(
        DOWN, Alert.of("node_down:" + node, severity, node, "is silent", node, clock.instant()));
  }

  private void look(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      service.look();
    }
  }

  private AlertGroup only() {
    assertThat(store.alerts().open(10)).hasSize(1);
    return store.alerts().open(10).getFirst();
  }

  @Test
  void alertA2_anEpisodeIsReadAsItWasWrittenAndEndsOnce() {
    service.report(List.of(falls("web1", Severity.WARNING), falls("web2", Severity.CRITICAL)));
    AlertGroup episode = only();
    assertThat(episode.firing()).hasSize(2);
    assertThat(store.alerts().byNumber(episode.number())).contains(episode);
    assertThat(store.alerts().find(episode.id())).contains(episode);
    assertThat(store.alerts().open(DOWN)).contains(episode);
    assertThat(store.alerts().count()).isEqualTo(1);
    assertThat(store.alerts().firing(List.of("node_down:web1", "node_down:web9")))
        .isEqualTo(Map.of("node_down:web1", episode.id()));
    Posted.all(store, clock.instant());
    service.report(
        List.of(new Signal.Cleared("node_down:web1"), new Signal.Cleared("node_down:web2")));
    assertThat(store.alerts().firing(List.of("node_down:web1"))).isEmpty();
    look(70);
    assertThat(store.alerts().open(DOWN)).isEmpty();
    assertThat(store.alerts().due(clock.instant().plus(Duration.ofDays(9)), 10)).isEmpty();
    service.report(List.of(falls("web1", Severity.CRITICAL)));
    assertThat(only().number()).as("a later failure is another one").isEqualTo(2);
  }

  @Test
  void membersThatWereKeptInsideTheirEpisodeAreReadAsBefore() throws IOException {
    service.report(List.of(falls("web1", Severity.WARNING), falls("web2", Severity.WARNING)));
    service.report(List.of(new Signal.Cleared("node_down:web2")));
    AlertGroup episode = only();
    store.close();
    execute(
        "UPDATE alert_episode SET progress = '%s'"
            .formatted(FirstFormat.of(episode.state()).replace("'", "''")));
    execute("CREATE TABLE alert_firing (key TEXT PRIMARY KEY, episode_id TEXT NOT NULL)");
    execute(
        "INSERT INTO alert_firing SELECT key, episode_id FROM alert_member WHERE is_firing = 1");
    execute("DROP TABLE alert_member");
    execute("DROP TABLE alert_signal");
    for (String statement : migration("V9__alert_members.sql")) {
      execute(statement);
    }
    store = open();
    assertThat(only()).isEqualTo(episode);
    assertThat(store.alerts().firing(List.of("node_down:web1", "node_down:web2")))
        .isEqualTo(Map.of("node_down:web1", episode.id()));
  }

  @Test
  void alertA1_whatIsCriticalIsPostedInTheCommitThatKeepsIt() {
    service.report(List.of(falls("web1", Severity.WARNING)));
    assertThat(store.outbox().due(clock.instant(), 10)).isEmpty();
    service.report(List.of(falls("db1", Severity.CRITICAL)));
    assertThat(store.outbox().due(clock.instant(), 10))
        .extracting(Outbox.Item::id)
        .containsExactly("alert:" + only().id() + ":COPS");
  }

  @Test
  void trap17_whoSawAnOlderStateChangesNothing() {
    List<Change> mine = service.decide(List.of(falls("web1", Severity.WARNING)), NOON);
    List<Change> yours = service.decide(List.of(falls("web1", Severity.WARNING)), NOON);
    store.commit(mine);
    assertThatThrownBy(() -> store.commit(yours)).isInstanceOf(StoreConflict.class);
    assertThat(only().firing()).hasSize(1);
    List<Change> stale = service.decide(List.of(falls("web2", Severity.WARNING)), NOON);
    service.report(List.of(falls("web3", Severity.WARNING)));
    assertThatThrownBy(() -> store.commit(stale)).isInstanceOf(StoreConflict.class);
    assertThat(only().firing()).hasSize(2);
  }

  @Test
  void alertA9_whatIsTwiceTheSameIsKeptOnceAndNothingOfTheSecond() {
    Change.IdempotencyKey mark =
        new Change.IdempotencyKey("prometheus", "abc", NOON.plusSeconds(600));
    store.commit(mark);
    List<Change> again = new ArrayList<>(List.of(mark));
    again.addAll(service.decide(List.of(falls("web1", Severity.CRITICAL)), NOON));
    assertThatThrownBy(() -> store.commit(again)).isInstanceOf(AlreadyRecorded.class);
    assertThat(store.alerts().open(10)).isEmpty();
    store.commit(new Change.IdempotencyKey("another", "abc", NOON.plusSeconds(600)));
    clock.advance(Duration.ofMinutes(10));
    store.commit(new Change.IdempotencyKey("prometheus", "abc", NOON.plusSeconds(1200)));
    assertThatThrownBy(() ->
            store.commit(new Change.IdempotencyKey("prometheus", "abc", NOON.plusSeconds(1200))))
        .isInstanceOf(AlreadyRecorded.class);
  }

  @Test
  void alertA9_ofTwoReplicasThatReceiveTheSameOneKeepsIt() throws InterruptedException {
    try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> both =
          Collections.nCopies(
              8,
              () -> {
                try {
                  store.commit(
                      new Change.IdempotencyKey("prometheus", "abc", NOON.plusSeconds(600)));
                  return true;
                } catch (AlreadyRecorded e) {
                  return false;
                }
              });
      assertThat(replicas.invokeAll(both).stream().filter(Future::resultNow)).hasSize(1);
    }
  }

  @Test
  void alertA6_aSilenceIsInForceAtOnceAndHasAnEnd() {
    service.report(List.of(falls("web1", Severity.CRITICAL)));
    Silence silence =
        new Silence(
            store.alerts().nextSilence(),
            Silence.Kind.SILENCE,
            Map.of("topic", DOWN.key()),
            NOON,
            NOON.plusSeconds(600),
            "bob",
            "new disk");
    store.commit(new Change.CreateSilence(silence));
    assertThat(store.alerts().silences()).containsExactly(silence);
    look(1);
    assertThat(only().state().silence()).contains(silence);
    look(600);
    assertThat(only().state().silence()).isEmpty();
    assertThat(store.alerts().silences()).isEmpty();
  }

  @Test
  void alertA8_whatIsSignalledIsAnAlertAfterTheNextLookAndNeverTwo() {
    store.commit(new Change.RecordSignal(Ids.next(NOON), falls("web1", Severity.CRITICAL)));
    assertThat(store.alerts().open(10)).isEmpty();
    Change.RecordSignal signalled = store.alerts().signals(10).getFirst();
    assertThat(signalled.signal()).isEqualTo(falls("web1", Severity.CRITICAL));
    look(1);
    Posted.all(store, clock.instant());
    assertThat(only().firing()).hasSize(1);
    assertThat(store.alerts().signals(10)).isEmpty();
    assertThatThrownBy(() -> store.commit(new Change.SignalProcessed(signalled.id())))
        .isInstanceOf(StoreConflict.class);
    store.commit(
        new Change.RecordSignal(Ids.next(NOON), new Signal.Cleared("node_down:web1")),
        new Change.RecordSignal(Ids.next(NOON), new Signal.Cleared("node_down:nobody")));
    look(1);
    assertThat(only().firing()).isEmpty();
  }

  @Test
  void aSilenceIsLiftedOnce() {
    Silence silence =
        new Silence(
            store.alerts().nextSilence(),
            Silence.Kind.MAINTENANCE,
            Map.of("env", "prod"),
            NOON,
            NOON.plusSeconds(600),
            "bob",
            "");
    store.commit(new Change.CreateSilence(silence));
    store.commit(new Change.EndSilence(silence.number()));
    assertThat(store.alerts().silences()).isEmpty();
    assertThatThrownBy(() -> store.commit(new Change.EndSilence(silence.number())))
        .isInstanceOf(StoreConflict.class);
  }

  @Test
  void alertA4_aMessageThatItsChannelDoesNotTakeGoesToAnother() {
    service.report(List.of(falls("web1", Severity.CRITICAL)));
    var claim =
        store
            .outbox()
            .claim(
                "me",
                clock.instant(),
                Duration.ofMinutes(1),
                List.of("alert:" + only().id() + ":COPS"))
            .getFirst();
    store.outbox().park(claim, "The channel is archived.", Optional.empty());
    assertThat(store.alerts().refused())
        .containsExactly(new Alerts.Refusal(claim.item().id(), "The channel is archived."));
    look(20);
    assertThat(service.refusals()).isEqualTo(1);
    assertThat(store.outbox().due(clock.instant(), 10))
        .extracting(Outbox.Item::id)
        .containsExactlyInAnyOrder(
            "alert:" + only().id() + ":CFALL", "alert-refused:" + only().id() + ":COPS");
  }

  @Test
  void alertA3_aReplyKnowsWhereItsMessageIs() {
    service.report(List.of(falls("web1", Severity.CRITICAL)));
    String root = "alert:" + only().id() + ":COPS";
    assertThat(store.outbox().shown(root)).isEqualTo(new Outbox.Shown.NotYet());
    var claim =
        store
            .outbox()
            .claim("me", clock.instant(), Duration.ofMinutes(1), List.of(root))
            .getFirst();
    store.outbox().sent(claim, "17.1");
    assertThat(store.outbox().shown(root)).isEqualTo(new Outbox.Shown.At("17.1"));
    assertThat(store.outbox().shown("alert:nobody:COPS")).isEqualTo(new Outbox.Shown.Never());
  }
}
