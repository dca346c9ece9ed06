package dev.bandmaster.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.model.NodeDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackendsTest {
  private static final BackendState CONNECTED = new BackendState.Connected(Instant.EPOCH);

  private final Listed bus = new Listed("bus");
  private final Listed cloud = new Listed("cloud");
  private final Backends both = new Backends(List.of(bus, cloud), Map.of("staging", "cloud"));

  /** A backend that notes what it is asked. */
  private static final class Listed implements ExecutionBackend {
    private final String name;
    private final List<String> calls = new ArrayList<>();
    private List<NodeDescription> targets = List.of();
    private BackendState state = CONNECTED;

    Listed(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.ALL;
    }

    @Override
    public void start(BackendListener listener) {
      calls.add("start");
    }

    @Override
    public List<NodeDescription> inventory() {
      return targets;
    }

    @Override
    public void refresh() {
      calls.add("refresh");
    }

    @Override
    public void refresh(List<String> wanted) {
      calls.add("refresh " + wanted);
    }

    @Override
    public DispatchResult dispatch(WaveDispatch wave) {
      return new DispatchResult.Sent(List.of(), Optional.empty());
    }

    @Override
    public DispatchResult cancel(WaveDispatch cancel, String request) {
      return new DispatchResult.Sent(List.of(), Optional.empty());
    }

    @Override
    public void resume(WaveDispatch wave, String handle) {
      calls.add("resume " + handle);
    }

    @Override
    public void acquire(String lease) {
      calls.add("acquire " + lease);
    }

    @Override
    public void release(String lease) {
      calls.add("release " + lease);
    }

    @Override
    public BackendState state() {
      return state;
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private static NodeDescription target(String name) {
    return new NodeDescription(
        name, "main", "staging", Map.of(), List.of(), List.of(), Map.of(), List.of());
  }

  @Test
  void backend_anEnvironmentHasItsOwnAndEverythingElseTheFirst() {
    assertThat(both.serving("staging")).isSameAs(cloud);
    assertThat(both.serving("prod")).isSameAs(bus);
    assertThat(both.serving("")).as("no environment").isSameAs(bus);
    assertThat(Backends.of(cloud).serving("prod")).isSameAs(cloud);
  }

  @Test
  void backend_aJobFindsItsBackendByNameAsLongAsItIsConfigured() {
    assertThat(both.named("cloud")).containsSame(cloud);
    assertThat(both.named("bus")).containsSame(bus);
    assertThat(both.named("staging")).as("an environment is no name").isEmpty();
    assertThat(Backends.of(bus).named("cloud")).isEmpty();
  }

  @Test
  void backend_namesThatMeanNothingOrTwoThingsAreRefused() {
    assertThatThrownBy(() -> new Backends(List.of(bus), Map.of("staging", "cloud")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("environment staging names the backend cloud, which is not configured");
    assertThatThrownBy(() -> new Backends(List.of(bus, new Listed("bus")), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two backends are named bus");
    assertThatThrownBy(() -> new Backends(List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void backend_allAreAskedForReportsAndDescriptions() {
    both.acquire("bot-1");
    both.refresh();
    both.refresh(List.of("web1"));
    both.release("bot-1");
    assertThat(bus.calls)
        .containsExactly("acquire bot-1", "refresh", "refresh [web1]", "release bot-1");
    assertThat(cloud.calls).isEqualTo(bus.calls);
  }

  @Test
  void backend_theListsOfAllAreOne() {
    assertThat(both.inventory()).isEmpty();
    bus.targets = List.of(target("box1"));
    cloud.targets = List.of(target("box2"));
    assertThat(both.inventory()).containsExactly(target("box1"), target("box2"));
  }

  @Test
  void backend_allAreConnectedOnlyIfEachIs() {
    assertThat(both.areConnected()).isTrue();
    for (BackendState state :
        List.of(
            new BackendState.Blocked("low on memory", Instant.EPOCH),
            new BackendState.Disconnected("connection refused", Instant.EPOCH),
            new BackendState.Refused("wrong password", Instant.EPOCH),
            new BackendState.Closed(Instant.EPOCH))) {
      cloud.state = state;
      assertThat(both.areConnected()).as("%s", state).isFalse();
    }
  }
}
