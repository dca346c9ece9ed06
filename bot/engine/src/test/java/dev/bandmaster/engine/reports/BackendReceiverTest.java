package dev.bandmaster.engine.reports;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.DetectorRules;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.alerts.AlertRoutes;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.alerts.FailureReporter;
import dev.bandmaster.engine.alerts.FleetWatch;
import dev.bandmaster.engine.fleet.Announcements;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.jobs.JobEngineBench;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.store.TestStore;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackendReceiverTest {
  private static final NodePublicKey KEY =
      new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");

  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final JobEngineBench bench = new JobEngineBench(store, "one");
  private final InMemoryBackend backend = InMemoryBackend.like(clock);
  private final Presence presence = new Presence(store, clock);
  private final AlertService alerts =
      new AlertService(
          store,
          new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
          new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
          clock);
  private final FleetWatch watch =
      new FleetWatch(
          store,
          DetectorRules.standard("main"),
          alerts,
          new Surroundings(),
          new TimeText(ZoneOffset.UTC),
          "bot-1",
          clock);
  private final List<List<String>> asked = new ArrayList<>();

  /** Everything is connected and trusted. */
  private static final class Surroundings implements FleetWatch.FleetSurroundings {
    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean isTrusted(String node) {
      return true;
    }

    @Override
    public Collection<String> underWork() {
      return List.of();
    }

    @Override
    public void ask(List<String> nodes) {}
  }

  private BackendReceiver receiver(boolean automatic) {
    Enrolments enrolments = new Enrolments(store, automatic, clock, (node, fingerprint) -> {});
    return new BackendReceiver(
        bench.engine,
        presence,
        enrolments,
        backend,
        new Announcements(presence, enrolments, List.of(), asked::add, Duration.ZERO, clock),
        watch,
        new FailureReporter(alerts, "main", Duration.ofMinutes(30), clock));
  }

  private static EventStamp stamp(String node, long sequence) {
    return new EventStamp(node, "staging", "boot", 1, sequence, NOON);
  }

  private static PresenceEvent alive(String node, long sequence) {
    return new PresenceEvent.Alive(
        stamp(node, sequence), new Load(0.5, 2), Duration.ofSeconds(10), 0, "hash");
  }

  private static PresenceEvent join(String node, long sequence) {
    return new PresenceEvent.Join(
        stamp(node, sequence),
        new NodeDescription(
            node, "main", "staging", Map.of(), List.of(), List.of(), Map.of(), List.of()));
  }

  /** Reports while the engine goes on; what the receiver threw, if it did. */
  private @Nullable Throwable reports(
      BackendReceiver receiver, String lease, List<TargetReport> batch) {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread reporting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                receiver.reports(lease, batch);
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    while (reporting.isAlive()) {
      bench.after(Duration.ZERO);
      Thread.onSpinWait();
    }
    return thrown.get();
  }

  @Test
  void backend_reportsReturnOnceTheyAreStored() {
    BackendReceiver receiver = receiver(false);
    Job job = bench.open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    List<TargetReport> batch = List.of(reply(job, "web1", 9, end(FinalCode.OK, "runs 1.4.2")));
    assertThat(reports(receiver, "bot-1", batch)).isNull();
    assertThat(store.jobs().find(job.id()).orElseThrow().state().status())
        .isEqualTo(JobStatus.SUCCEEDED);
    assertThat(receiver.receivedReplies()).isEqualTo(1);
  }

  @Test
  void backend_reportsThatCannotBeStoredComeAgain() {
    BackendReceiver receiver = receiver(false);
    Job job = bench.open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    List<TargetReport> batch = List.of(reply(job, "web1", 9, end(FinalCode.OK, "runs 1.4.2")));
    store.setAway(true);
    assertThat(reports(receiver, "bot-1", batch)).hasRootCauseInstanceOf(StoreUnavailable.class);
    store.setAway(false);
    assertThat(receiver.receivedReplies()).as("none was taken").isZero();
    assertThat(reports(receiver, "bot-1", batch)).isNull();
    assertThat(receiver.receivedReplies()).isEqualTo(1);
  }

  @Test
  void backend_reportsOfALeaseThatIsNotHeldSaySo() {
    BackendReceiver receiver = receiver(false);
    Job job = bench.open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    List<TargetReport> batch = List.of(reply(job, "web1", 9, end(FinalCode.OK, "runs 1.4.2")));
    store
        .leases()
        .release(store.leases().take("bot-1", "one", Duration.ofMinutes(1), true).orElseThrow());
    assertThat(store.leases().take("bot-1", "two", Duration.ofMinutes(1), true)).isPresent();
    assertThat(reports(receiver, "bot-1", batch)).isInstanceOf(LeaseLost.class);
    assertThat(receiver.receivedReplies()).isZero();
  }

  @Test
  void backend_aNodeThatIsSeenAndUnknownMakesTheBackendAskEverybody() {
    BackendReceiver receiver = receiver(false);
    receiver.presence(List.of(alive("web1", 1)));
    assertThat(backend.refreshes()).isEqualTo(1);
    receiver.presence(List.of(join("web1", 2)));
    receiver.presence(List.of(alive("web1", 3)));
    assertThat(backend.refreshes()).as("web1 has described itself").isEqualTo(1);
    assertThat(presence.nodes()).extracting(Node::name).containsExactly("web1");
    watch.look();
    watch.look();
    assertThat(watch.life("web1")).isPresent();
  }

  @Test
  void backend_aNewlyTrustedNodeIsAskedToDescribeItself() {
    receiver(false).enrolment(new Enrolment(stamp("web1", 1), KEY));
    assertThat(backend.refreshes()).as("it waits for a person").isZero();
    BackendReceiver automatic = receiver(true);
    automatic.enrolment(new Enrolment(stamp("web1", 1), KEY));
    automatic.enrolment(new Enrolment(stamp("web1", 2), KEY));
    assertThat(backend.refreshes()).isEqualTo(1);
  }

  @Test
  void backend_anAlertOfANodeIsKeptOrComesAgain() {
    BackendReceiver receiver = receiver(false);
    AlertEvent full =
        new AlertEvent(stamp("web1", 1), AlertEvent.Severity.CRITICAL, "disk", "disk is full");
    store.setAway(true);
    assertThatThrownBy(() -> receiver.alert(full)).isInstanceOf(StoreUnavailable.class);
    store.setAway(false);
    receiver.alert(full);
    assertThat(store.alerts().open(10))
        .flatExtracting(AlertGroup::firing)
        .extracting(member -> member.alert().text())
        .containsExactly("disk is full");
  }

  @Test
  void backend_whatIsDroppedIsCounted() {
    BackendReceiver receiver = receiver(false);
    receiver.rejected(
        new RejectedMessage(RejectedMessage.Kind.UNKNOWN_SENDER, "web9", "its key is not known"));
    receiver.rejected(new RejectedMessage(RejectedMessage.Kind.MALFORMED, "", "it cannot be read"));
    receiver.discarded("reply.web1", "too often");
    assertThat(receiver.rejectedMessages()).isEqualTo(2);
    assertThat(receiver.discardedMessages()).isEqualTo(1);
  }

  @Test
  void backend_everyConnectionIsAskedForEverybodyButNotAfterAShortage() {
    BackendReceiver receiver = receiver(false);
    receiver.stateChanged(new BackendState.Connected(NOON));
    assertThat(backend.refreshes()).isEqualTo(1);
    receiver.stateChanged(new BackendState.Blocked("low on memory", NOON));
    assertThat(receiver.isBlocked()).isTrue();
    receiver.stateChanged(new BackendState.Connected(NOON));
    assertThat(receiver.isBlocked()).isFalse();
    assertThat(backend.refreshes()).as("the broker was short of memory").isEqualTo(1);
    receiver.stateChanged(new BackendState.Disconnected("connection reset", NOON));
    receiver.stateChanged(new BackendState.Connected(NOON));
    assertThat(backend.refreshes()).isEqualTo(2);
    receiver.stateChanged(new BackendState.Refused("wrong password", NOON));
    receiver.stateChanged(new BackendState.Closed(NOON));
    assertThat(backend.refreshes()).isEqualTo(2);
  }
}
