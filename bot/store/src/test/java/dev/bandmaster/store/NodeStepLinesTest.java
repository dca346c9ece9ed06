package dev.bandmaster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.NodeStep;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeStepLinesTest {

  @Test
  void peopleU15_stepsAreReadAsTheyWereWritten() {
    List<NodeStep> steps =
        List.of(
            new NodeStep("before switch", "", Duration.ZERO, Duration.ofMillis(12)),
            new NodeStep("health", "failed: HTTP 500", Duration.ofSeconds(1), Duration.ofDays(2)));
    assertThat(NodeStepLines.read(NodeStepLines.write(steps))).isEqualTo(steps);
    assertThat(NodeStepLines.read("")).isEmpty();
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    assertThat(NodeStepLines.read("1\t2\tfetch\tdone\nnonsense\n-1\tx\ta\tb"))
        .containsExactly(new NodeStep("fetch", "done", Duration.ofMillis(1), Duration.ofMillis(2)));
  }
}
