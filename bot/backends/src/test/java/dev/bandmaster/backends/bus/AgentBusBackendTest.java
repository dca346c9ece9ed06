package dev.bandmaster.backends.bus;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.NotForUs;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentBusBackendTest {
  private static final String LEASE = "bot-2";

  private final SettableClock clock = new SettableClock(NOON);
  private final FakeBus bus = new FakeBus();
  private final AgentBusBackend backend = new AgentBusBackend(bus, "bot-1", "main", clock);

  /** Notes what is reported, and may hold no lease. */
  private static final class Notes implements BackendListener {
    final List<Object> reported = new ArrayList<>();
    Optional<RuntimeException> fault = Optional.empty();

    @Override
    public void reports(String lease, List<TargetReport> batch) {
      fault.ifPresent(thrown -> {
        throw thrown;
      });
      reported.add(Map.of(lease, batch));
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      reported.add(batch);
    }

    @Override
    public void enrolment(Enrolment enrolment) {
      reported.add(enrolment);
    }

    @Override
    public void alert(AlertEvent alert) {
      reported.add(alert);
    }

    @Override
    public void rejected(RejectedMessage message) {
      reported.add(message);
    }

    @Override
    public void discarded(String what, String reason) {
      reported.add(what + ": " + reason);
    }

    @Override
    public void stateChanged(BackendState state) {
      reported.add(state);
    }
  }

  private static WaveDispatch first(Job job, String... ids) {
    return new WaveDispatch(LEASE, job, job.state().waves().getFirst(), Set.of(ids));
  }

  private static WaveDispatch of(Job job, Wave.Kind kind, String... nodes) {
    return new WaveDispatch(
        LEASE,
        job,
        new Wave(
            job.id() + "-9",
            kind,
            List.of(nodes),
            Wave.Phase.SENDING,
            Optional.empty(),
            Optional.of(NOON.plusSeconds(40)),
            Optional.empty(),
            Set.of()),
        Set.of());
  }

  private Request published() {
    Request request = Objects.requireNonNull(bus.published.poll(), "what was published");
    assertThat(bus.published).isEmpty();
    return request;
  }

  /** What is published in the background. */
  private Request soon() throws InterruptedException {
    return Objects.requireNonNull(bus.published.poll(1, TimeUnit.MINUTES), "what was published");
  }

  @Test
  void trustT9_theSignedRequestSaysWhoApprovedIt() {
    Job job = SampleJobs.deploy(7, THREAD, List.of("web1"));
    Wave wave = job.state().waves().getFirst();
    backend.dispatch(
        new WaveDispatch(LEASE, job, wave, Set.of(), List.of("slack:T1:U2", "slack:T1:U3")));
    Caller approved = published().caller();
    assertThat(approved.approvedBy()).containsExactly("slack:T1:U2", "slack:T1:U3");
    assertThat(approved.bypass()).isFalse();
  }

  @Test
  void trustT9_anEmergencyIsMarkedAndApprovedByNobody() {
    Job job = SampleJobs.emergency(SampleJobs.deploy(7, THREAD, List.of("web1")), "site is down");
    Wave wave = job.state().waves().getFirst();
    backend.dispatch(new WaveDispatch(LEASE, job, wave, Set.of(), List.of("slack:T1:U2")));
    Caller caller = published().caller();
    assertThat(caller.approvedBy()).isEmpty();
    assertThat(caller.bypass()).isTrue();
  }

  @Test
  void backend_aWaveBecomesARequestToItsNodes() {
    Job job = SampleJobs.deploy(7, THREAD, List.of("web1", "web2"));
    clock.advance(Duration.ofSeconds(20));
    assertThat(backend.dispatch(first(job, "slack:T1:U1")))
        .isEqualTo(new DispatchResult.Sent(List.of(), Optional.empty()));
    Request request = published();
    Wave wave = job.state().waves().getFirst();
    assertThat(request.id()).isEqualTo(wave.request());
    assertThat(request.idempotencyKey()).isEqualTo(wave.request());
    assertThat(request.sentAt()).isEqualTo(NOON.plusSeconds(20));
    assertThat(request.deadline()).isEqualTo(wave.deadline().orElseThrow());
    assertThat(request.ttl()).isEqualTo(Duration.between(NOON.plusSeconds(20), request.deadline()));
    assertThat(request.sender()).isEqualTo(LEASE);
    assertThat(request.replyTo()).as("the lease gets the answers").isEqualTo(LEASE);
    assertThat(request.collective()).isEqualTo("main");
    assertThat(request.target()).isEqualTo(new Target.Nodes(List.of("web1", "web2")));
    assertThat(request.capability()).isEqualTo("deploy");
    assertThat(request.action()).isEqualTo("deploy");
    assertThat(request.arguments()).hasToString("{\"app\":\"web\",\"version\":\"1.4.2\"}");
    assertThat(request.delivery()).isEqualTo(Delivery.LIVE);
    assertThat(request.trace()).isEqualTo("job-7");
    assertThat(request.caller())
        .isEqualTo(
            new Caller("slack:T1:U1", "ann", "C1", List.of("group:S1"), List.of(), List.of()));
  }

  @Test
  void backend_theCallersOtherIdsGoAlongInOrderAndNotWithoutLimit() {
    Job job = SampleJobs.ping(7, "web1");
    backend.dispatch(first(job, "slack:T9:U9", "slack:T1:U1", "slack:E1:W1"));
    assertThat(published().caller().aliases()).containsExactly("slack:E1:W1", "slack:T9:U9");
    Set<String> many =
        IntStream.range(0, Caller.MOST_ALIASES + 50)
            .mapToObj("slack:T1:W%04d"::formatted)
            .collect(Collectors.toSet());
    backend.dispatch(new WaveDispatch(LEASE, job, job.state().waves().getFirst(), many));
    assertThat(published().caller().aliases())
        .hasSize(Caller.MOST_ALIASES)
        .startsWith("slack:T1:W0000")
        .isSorted();
  }

  @Test
  void backend_aBroadcastGoesToItsFilterAndItsOtherWavesToTheNodes() {
    Job ping = SampleJobs.ping(7, "web1", "web2");
    Job job =
        SampleJobs.rollout(
            7,
            new Rollout(
                Rollout.Size.NONE,
                Rollout.Size.ALL,
                Duration.ZERO,
                Rollout.Size.NONE,
                Optional.of(new Rollout.Check("deploy", "status", Data.Fields.EMPTY))),
            "web1",
            "web2");
    backend.dispatch(first(ping));
    assertThat(published().target()).isEqualTo(new Target.Broadcast("", ""));
    assertThat(ping.work().reach()).isInstanceOf(Reach.Broadcast.class);
    backend.cancel(of(ping, Wave.Kind.CANCEL, "web2"), "an-earlier-request");
    assertThat(published().target())
        .as("only those that work on it are asked to stop")
        .isEqualTo(new Target.Nodes(List.of("web2")));
    backend.dispatch(of(job, Wave.Kind.CHECK, "web1"));
    Request check = published();
    assertThat(check.target()).isEqualTo(new Target.Nodes(List.of("web1")));
    assertThat(check.capability() + "." + check.action()).isEqualTo("deploy.status");
    assertThat(check.arguments()).isEmpty();
  }

  @Test
  void backend_aCancellationNamesTheRequestThatIsToStop() {
    Job job = SampleJobs.deploy(7, THREAD, List.of("web1", "web2"));
    WaveDispatch cancel = of(job, Wave.Kind.CANCEL, "web1");
    assertThat(backend.cancel(cancel, job.id()))
        .isEqualTo(new DispatchResult.Sent(List.of(), Optional.empty()));
    Request request = published();
    assertThat(request.id()).isEqualTo(job.id() + "-9");
    assertThat(request.capability() + "." + request.action()).isEqualTo("job.cancel");
    assertThat(request.arguments()).hasToString("{\"request\":\"" + job.id() + "\"}");
    assertThat(request.target()).isEqualTo(new Target.Nodes(List.of("web1")));
    assertThat(request.deadline()).isEqualTo(NOON.plusSeconds(40));
    assertThatThrownBy(() -> backend.dispatch(cancel))
        .as("a cancellation cannot be sent without what it cancels")
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(bus.published).isEmpty();
  }

  @Test
  void backend_aWaveThatIsLateHasAMomentLeft() {
    Job job = SampleJobs.ping(7, "web1");
    clock.advance(Duration.ofDays(2));
    backend.dispatch(first(job));
    Request request = published();
    assertThat(request.ttl()).isEqualTo(Request.SHORTEST_TTL);
    assertThat(request.deadline()).isEqualTo(first(job).wave().deadline().orElseThrow());
  }

  static Stream<Arguments> results() {
    return Stream.of(
        Arguments.of(
            new PublishResult.Sent(List.of("web2")),
            new DispatchResult.Sent(List.of("web2"), Optional.empty())),
        Arguments.of(
            new PublishResult.Unroutable("Nobody listens."),
            new DispatchResult.Unroutable("Nobody listens.")),
        Arguments.of(
            new PublishResult.NotSent("Connection refused."),
            new DispatchResult.NotSent("The broker is unreachable: Connection refused.")),
        Arguments.of(
            new PublishResult.Unknown("Connection reset."),
            new DispatchResult.Unknown("The broker is unreachable: Connection reset.")));
  }

  @ParameterizedTest
  @MethodSource("results")
  void backend_whatBecameOfARequestIsSaidInTheBackendsTerms(
      PublishResult result, DispatchResult expected) {
    Job job = SampleJobs.ping(7, "web1", "web2");
    bus.results.add(result);
    bus.results.add(result);
    assertThat(backend.dispatch(first(job))).isEqualTo(expected);
    assertThat(backend.cancel(of(job, Wave.Kind.CANCEL, "web1"), job.id())).isEqualTo(expected);
  }

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(new BusState.Connected(NOON), new BackendState.Connected(NOON)),
        Arguments.of(
            new BusState.Blocked("low on memory", NOON),
            new BackendState.Blocked("low on memory", NOON)),
        Arguments.of(
            new BusState.Disconnected("connection refused", NOON),
            new BackendState.Disconnected("connection refused", NOON)),
        Arguments.of(
            new BusState.Refused("wrong password", NOON),
            new BackendState.Refused("wrong password", NOON)),
        Arguments.of(new BusState.Closed(NOON), new BackendState.Closed(NOON)));
  }

  @ParameterizedTest
  @MethodSource("states")
  void backend_itsStateIsTheBusesState(BusState state, BackendState expected) {
    Notes notes = new Notes();
    backend.start(notes);
    bus.state = state;
    assertThat(backend.state()).isEqualTo(expected);
    bus.started().stateChanged(state);
    assertThat(notes.reported).containsExactly(expected);
  }

  @Test
  void backend_aLeaseIsAReplyQueueOfTheBus() {
    backend.acquire("bot-1");
    backend.acquire("bot-2");
    backend.acquire("bot-2");
    assertThat(bus.leases).containsExactly("bot-1", "bot-2");
    backend.release("bot-2");
    backend.release("bot-3");
    assertThat(bus.leases).containsExactly("bot-1");
  }

  @Test
  void backend_reportsOfALostLeaseAreGivenBack() {
    Notes notes = new Notes();
    backend.start(notes);
    List<TargetReport> batch =
        List.of(
            new TargetReport(
                "r1",
                "web1",
                "boot",
                1,
                NOON,
                new ReportBody.Final(FinalCode.OK, "", null, Data.none())));
    notes.fault = Optional.of(new LeaseLost(new Lease(LEASE, "two", 1)));
    assertThatThrownBy(() -> bus.started().replies(LEASE, batch))
        .isInstanceOf(NotForUs.class)
        .hasMessageContaining("bot-2");
    RuntimeException other = new IllegalStateException("the store is away");
    notes.fault = Optional.of(other);
    assertThatThrownBy(() -> bus.started().replies(LEASE, batch))
        .as("whatever else goes wrong, they come again")
        .isSameAs(other);
    notes.fault = Optional.empty();
    bus.started().replies(LEASE, batch);
    assertThat(notes.reported).containsExactly(Map.of(LEASE, batch));
  }

  @Test
  void backend_whatTheBusReceivesIsReportedUnchanged() {
    Notes notes = new Notes();
    backend.start(notes);
    EventStamp stamp = new EventStamp("web1", "staging", "boot", 1, 1, NOON);
    List<PresenceEvent> presence = List.of(new PresenceEvent.Leave(stamp));
    Enrolment enrolment =
        new Enrolment(stamp, new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"));
    bus.started().presence(presence);
    bus.started().enrolment(enrolment);
    bus.started().discarded("reply.web1", "too often");
    assertThat(notes.reported).containsExactly(presence, enrolment, "reply.web1: too often");
  }

  @Test
  void backend_refreshAsksTheNodesToDescribeThemselves() throws InterruptedException {
    backend.refresh(List.of("web4"));
    Request named = soon();
    assertThat(named.target()).isEqualTo(new Target.Nodes(List.of("web4")));
    assertThat(named.capability()).isEqualTo(PresenceCall.CAPABILITY);
    assertThat(named.sentAt()).isEqualTo(NOON);
    backend.refresh();
    Request all = soon();
    assertThat(all.target()).isEqualTo(new Target.Broadcast("", ""));
    assertThat(all.replyTo()).isEqualTo("bot-1");
  }

  @Test
  void backend_itCanDoEverythingAndListsNobody() {
    assertThat(backend.name()).isEqualTo("bus");
    assertThat(backend.capabilities()).isEqualTo(Capabilities.ALL);
    assertThat(backend.inventory()).as("agents describe themselves").isEmpty();
    backend.close();
    assertThat(backend.state()).isEqualTo(new BackendState.Closed(Instant.EPOCH));
  }
}
