package dev.bandmaster.backends.bus;

import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.NotForUs;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Agents on the servers, reached through a message broker. */
public final class AgentBusBackend implements ExecutionBackend {
  /** Under this name jobs remember the agent bus. */
  public static final String NAME = "bus";

  private final AgentBus bus;
  private final RequestFactory requests;
  private final PresenceCaller presence;
  private final InstantSource clock;

  /**
   * A backend on a bus that is not started yet.
   *
   * @param replica the name of this process
   * @param collective the fleet's name
   */
  public AgentBusBackend(AgentBus bus, String replica, String collective, InstantSource clock) {
    this.bus = bus;
    this.requests = new RequestFactory(collective);
    this.presence = new PresenceCaller(bus, replica, collective, clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.ALL;
  }

  @Override
  public void start(BackendListener listener) {
    bus.start(new Receiver(listener));
  }

  /** Agents describe themselves. */
  @Override
  public List<NodeDescription> inventory() {
    return List.of();
  }

  @Override
  public void refresh() {
    presence.soon();
  }

  @Override
  public void refresh(List<String> targets) {
    presence.ask(targets);
  }

  @Override
  public DispatchResult dispatch(WaveDispatch wave) {
    return publish(requests.of(wave, clock.instant()));
  }

  @Override
  public DispatchResult cancel(WaveDispatch cancel, String request) {
    return publish(requests.cancel(cancel, request, clock.instant()));
  }

  /**
   * Sends a wave whose hosts have no agents to the agent that works on them.
   *
   * @param agent the agent's name
   */
  public DispatchResult dispatch(WaveDispatch wave, String agent, AgentTask task) {
    return publish(requests.of(wave, agent, task, clock.instant()));
  }

  /** Asks that agent to stop such a wave. */
  public DispatchResult cancel(WaveDispatch cancel, String request, String agent) {
    return publish(requests.cancel(cancel, request, agent, clock.instant()));
  }

  private DispatchResult publish(Request request) {
    return switch (bus.publish(request)) {
      case PublishResult.Sent(List<String> absent) ->
          new DispatchResult.Sent(absent, Optional.empty());
      case PublishResult.Unroutable(String reason) -> new DispatchResult.Unroutable(reason);
      case PublishResult.NotSent(String reason) ->
          new DispatchResult.NotSent("The broker is unreachable: " + reason);
      case PublishResult.Unknown(String reason) ->
          new DispatchResult.Unknown("The broker is unreachable: " + reason);
    };
  }

  /** Reports come to the lease's queue by themselves. */
  @Override
  public void resume(WaveDispatch wave, String handle) {}

  @Override
  public void acquire(String lease) {
    bus.acquire(lease);
  }

  @Override
  public void release(String lease) {
    bus.release(lease);
  }

  @Override
  public BackendState state() {
    return state(bus.state());
  }

  private static BackendState state(BusState state) {
    return switch (state) {
      case BusState.Connected(var since) -> new BackendState.Connected(since);
      case BusState.Blocked(var reason, var since) -> new BackendState.Blocked(reason, since);
      case BusState.Disconnected(var reason, var since) ->
          new BackendState.Disconnected(reason, since);
      case BusState.Refused(var reason, var since) -> new BackendState.Refused(reason, since);
      case BusState.Closed(var since) -> new BackendState.Closed(since);
    };
  }

  @Override
  public void close() {
    bus.close();
  }

  /** What the bus reports, as a backend reports it. */
  private record Receiver(BackendListener listener) implements BusListener {
    @Override
    public void replies(String lease, List<TargetReport> batch) {
      try {
        listener.reports(lease, batch);
      } catch (LeaseLost lost) {
        throw new NotForUs(String.valueOf(lost.getMessage()));
      }
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      listener.presence(batch);
    }

    @Override
    public void enrolment(Enrolment enrolment) {
      listener.enrolment(enrolment);
    }

    @Override
    public void alert(AlertEvent alert) {
      listener.alert(alert);
    }

    @Override
    public void rejected(RejectedMessage message) {
      listener.rejected(message);
    }

    @Override
    public void discarded(String routingKey, String reason) {
      listener.discarded(routingKey, reason);
    }

    @Override
    public void stateChanged(BusState state) {
      listener.stateChanged(AgentBusBackend.state(state));
    }
  }
}
