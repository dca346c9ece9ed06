package dev.bandmaster.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeStepTest {

  private static List<NodeStep> report(List<NodeStep> steps, String name, String note, long at) {
    return NodeStep.reported(steps, name, note, Duration.ofMillis(at));
  }

  @Test
  void peopleU15_stepsAreKeptInTheirOrderWithTheirTimes() {
    List<NodeStep> steps = report(List.of(), "fetch", "running", 10);
    steps = report(steps, "unpack", "running", 400);
    steps = report(steps, "fetch", "done", 900);
    steps = report(steps, "restart", "failed: exit 1", 950);
    assertThat(steps).extracting(NodeStep::name).containsExactly("fetch", "unpack", "restart");
    assertThat(steps.getFirst().took()).isEqualTo(Duration.ofMillis(890));
    assertThat(steps.getFirst().note()).isEqualTo("done");
  }

  @Test
  void peopleU15_aNodeThatReportsStepsWithoutEndFillsNoMemory() {
    List<NodeStep> steps = List.of();
    for (int i = 0; i < 1_000; i++) {
      steps = report(steps, "step " + i + "x".repeat(500), "y".repeat(5_000), i);
    }
    assertThat(steps).hasSize(NodeStep.MOST);
    assertThat(steps)
        .allSatisfy(step -> {
          assertThat(step.name()).hasSizeLessThanOrEqualTo(NodeStep.LONGEST_NAME);
          assertThat(step.note()).hasSizeLessThanOrEqualTo(NodeStep.LONGEST_NOTE);
        });
  }
}
