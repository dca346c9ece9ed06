package dev.bandmaster.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {

  private static Size size(String word) {
    return word.endsWith("%")
        ? new Size(Integer.parseInt(word.substring(0, word.length() - 1)), true)
        : new Size(Integer.parseInt(word), false);
  }

  private static Rollout rollout(String canary, String batch) {
    return new Rollout(size(canary), size(batch), Duration.ZERO, Size.NONE, Optional.empty());
  }

  private static List<String> nodes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "web" + number).toList();
  }

  private static String sizes(Rollout rollout, int count) {
    List<List<String>> steps = rollout.steps(nodes(count));
    assertThat(steps.stream().flatMap(List::stream)).as("all, in order").isEqualTo(nodes(count));
    return steps.stream()
        .map(step -> Integer.toString(step.size()))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0} nodes, canary {1}, batch {2}: {3}")
  @CsvSource({
    "1,    0,    100%, 1",
    "1,    1,    1,    1",
    "5,    0,    100%, 5",
    "5,    1,    100%, 1 4",
    "5,    1,    2,    1 2 2",
    "5,    2,    2,    2 2 1",
    "5,    9,    2,    5",
    "5,    100%, 2,    5",
    "5,    10%,  2,    1 2 2",
    "5,    0,    0,    1 1 1 1 1",
    "5,    0,    0%,   1 1 1 1 1",
    "5,    0,    25%,  1 1 1 1 1",
    "10,   10%,  25%,  1 2 2 2 2 1",
    "10,   0,    25%,  2 2 2 2 2",
    "3,    0,    50%,  1 1 1",
  })
  void theStepsOfARollout(int count, String canary, String batch, String steps) {
    assertThat(sizes(rollout(canary, batch), count)).isEqualTo(steps);
  }

  @ParameterizedTest(name = "{0} nodes, canary {1}, batch {2}, at most {3}: {4}")
  @CsvSource({
    "6,  0,    100%, 2,  2 2 2",
    "6,  1,    100%, 2,  1 2 2 1",
    "6,  50%,  100%, 2,  2 2 2",
    "6,  1,    1,    2,  1 1 1 1 1 1",
    "6,  0,    50%,  1,  1 1 1 1 1 1",
  })
  void noStepIsLargerThanTheRulesAllow(
      int count, String canary, String batch, int most, String steps) {
    Rollout narrower = rollout(canary, batch).atMost(most, count);
    assertThat(sizes(narrower, count)).isEqualTo(steps);
    assertThat(narrower.widest(count)).isLessThanOrEqualTo(most);
  }

  @Test
  void tenThousandNodesAreNoMoreThanAThousandSteps() {
    assertThat(rollout("0", "1").steps(nodes(10_000))).hasSize(1_000);
    assertThat(rollout("1", "1").steps(nodes(10_000))).hasSize(1_001);
    assertThat(rollout("1", "1").widest(10_000)).isEqualTo(10);
    assertThat(rollout("1%", "25%").steps(nodes(10_000))).hasSize(5);
    assertThat(rollout("0", "10").atMost(10, 10_000).steps(nodes(10_000)))
        .hasSize(1_000)
        .allMatch(step -> step.size() == 10);
  }

  @Test
  void aPartIsRoundedDownAndASizeIsReadable() {
    assertThat(new Size(33, true).of(10)).isEqualTo(3);
    assertThat(new Size(100, true).of(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    assertThat(new Size(3, false).of(1)).isEqualTo(3);
    assertThat(new Size(25, true)).hasToString("25%");
    assertThat(new Size(3, false)).hasToString("3");
    assertThatThrownBy(() -> new Size(101, true)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Size(-1, false)).isInstanceOf(IllegalArgumentException.class);
  }
}
