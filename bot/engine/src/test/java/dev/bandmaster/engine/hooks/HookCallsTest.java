package dev.bandmaster.engine.hooks;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.fleet.EventVersion;
import dev.bandmaster.core.fleet.FlapDetection;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.fleet.NodeHealth;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.fleet.NotifiedState;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.hooks.Hook.NodeChange;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookCallsTest {
  private static Hook hook(String name, Set<NodeChange> on, String... environments) {
    return new Hook(name, on, List.of(environments), List.of("/bin/true"), Duration.ofSeconds(30));
  }

  private static Optional<NodeRecord> life(@Nullable NodeState state) {
    return Optional.ofNullable(state)
        .map(known ->
            new NodeRecord(
                "web1",
                "prod",
                new TreeSet<>(List.of("shop", "web")),
                new LastSeen(
                    new EventVersion(1, 1), NOON, Duration.ofSeconds(10), false, Optional.empty()),
                NOON,
                new NodeHealth(
                    known,
                    NOON,
                    NotifiedState.NOTHING,
                    FlapDetection.STEADY,
                    Optional.empty(),
                    Optional.empty())));
  }

  private static List<Change.RequestHook> calls(Hook hook, NodeTransition transition) {
    return new HookCalls(List.of(hook))
        .with(transition, NOON).stream().map(Change.RequestHook.class::cast).toList();
  }

  @ParameterizedTest
  @CsvSource({
    ", UP, join",
    "NEW, UP, join",
    "DOWN, UP, join",
    "LEFT, UP, join",
    "UP, LATE, ",
    "LATE, UP, ",
    "UP, ZOMBIE, ",
    "LATE, DOWN, failed",
    "ZOMBIE, DOWN, failed",
    "DOWN, DOWN, ",
    "UP, LEFT, leave",
    "DOWN, LEFT, leave",
    "LEFT, LEFT, ",
    ", NEW, ",
    ", LEFT, ",
  })
  void whatAChangeOfStateMeans(
      @Nullable NodeState before, NodeState after, @Nullable String event) {
    List<String> events =
        calls(
                hook("haproxy", EnumSet.allOf(NodeChange.class)),
                new NodeTransition(life(before), life(after)))
            .stream()
            .map(called -> called.call().event())
            .toList();
    if (event == null) {
      assertThat(events).isEmpty();
    } else {
      assertThat(events)
          .containsExactly(
              "{\"event\":\"%s\",\"node\":\"web1\",\"environment\":\"prod\",\"applications\":[\"shop\",\"web\"],\"at\":\"2026-05-04T12:00:00Z\"}"
                  .formatted(event));
    }
  }

  @Test
  void aNodeThatIsForgottenHasLeftBefore() {
    Hook hook = hook("haproxy", EnumSet.allOf(NodeChange.class));
    assertThat(calls(hook, new NodeTransition(life(NodeState.LEFT), Optional.empty()))).isEmpty();
  }

  @Test
  void aHookIsCalledForItsEvents() {
    NodeTransition fails = new NodeTransition(life(NodeState.LATE), life(NodeState.DOWN));
    assertThat(calls(hook("a", EnumSet.of(NodeChange.JOIN)), fails)).isEmpty();
    assertThat(calls(hook("b", EnumSet.of(NodeChange.FAILED), "staging"), fails)).isEmpty();
    assertThat(calls(hook("c", EnumSet.of(NodeChange.FAILED), "staging", "prod"), fails))
        .singleElement()
        .satisfies(called -> assertThat(called.call().hook()).isEqualTo("c"));
  }
}
