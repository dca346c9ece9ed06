package dev.bandmaster.bot.hook;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.node.Flaps;
import dev.bandmaster.bot.node.Flip;
import dev.bandmaster.bot.node.Mark;
import dev.bandmaster.bot.node.NodeLife;
import dev.bandmaster.bot.node.NodeState;
import dev.bandmaster.bot.node.Sign;
import dev.bandmaster.bot.node.Standing;
import dev.bandmaster.bot.node.Told;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.config.HookConfig;
import dev.bandmaster.config.HookConfig.Happening;
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
  private static HookConfig hook(String name, Set<Happening> on, String... environments) {
    return new HookConfig(
        name, on, List.of(environments), List.of("/bin/true"), Duration.ofSeconds(30));
  }

  private static Optional<NodeLife> life(@Nullable NodeState state) {
    return Optional.ofNullable(state)
        .map(known ->
            new NodeLife(
                "web1",
                "prod",
                new TreeSet<>(List.of("shop", "web")),
                new Sign(new Mark(1, 1), NOON, Duration.ofSeconds(10), false, Optional.empty()),
                NOON,
                new Standing(
                    known, NOON, Told.NOTHING, Flaps.STEADY, Optional.empty(), Optional.empty())));
  }

  private static List<Change.HookCalled> calls(HookConfig hook, Flip flip) {
    return new HookCalls(List.of(hook))
        .with(flip, NOON).stream().map(Change.HookCalled.class::cast).toList();
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
        calls(hook("haproxy", EnumSet.allOf(Happening.class)), new Flip(life(before), life(after)))
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
    HookConfig hook = hook("haproxy", EnumSet.allOf(Happening.class));
    assertThat(calls(hook, new Flip(life(NodeState.LEFT), Optional.empty()))).isEmpty();
  }

  @Test
  void aHookHearsOfWhatItWants() {
    Flip fails = new Flip(life(NodeState.LATE), life(NodeState.DOWN));
    assertThat(calls(hook("a", EnumSet.of(Happening.JOIN)), fails)).isEmpty();
    assertThat(calls(hook("b", EnumSet.of(Happening.FAILED), "staging"), fails)).isEmpty();
    assertThat(calls(hook("c", EnumSet.of(Happening.FAILED), "staging", "prod"), fails))
        .singleElement()
        .satisfies(called -> assertThat(called.call().hook()).isEqualTo("c"));
  }
}
