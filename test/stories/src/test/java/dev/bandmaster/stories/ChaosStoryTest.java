package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.benchmark.chaos.Chaos;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The promise, in about a minute: everything is killed and cut a few times while people type. The
 * table is in the test's output; {@code ./bandmaster bench chaos} is the long form. What is broken
 * is split up, each part with a stage of its own, since most of the time all wait.
 */
@Tag("real")
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class ChaosStoryTest {

  /** Fixed, so that the choices are the same each time; the moments they meet are not. */
  private static final String SEED = "20261";

  /** What the short form breaks; a part breaks one or two of them. */
  private static final List<String> ALL =
      List.of("--bot-kills", "--agent-kills", "--broker-kills", "--cuts", "--edges", "--races");

  @ParameterizedTest
  @ValueSource(
      strings = {"--bot-kills --agent-kills", "--broker-kills --cuts", "--edges", "--races"})
  void whatWasAcknowledgedIsDoneOnceAndReportedWhateverIsKilled(String part) {
    List<String> arguments = new ArrayList<>(List.of("--short", "--seed", SEED));
    for (String option : ALL) {
      if (!List.of(part.split(" ")).contains(option)) {
        arguments.addAll(List.of(option, "0"));
      }
    }
    assertThat(new CommandLine(new Chaos()).execute(arguments.toArray(String[]::new))).isZero();
  }

  @Test
  @Tag("long")
  void whatWasAcknowledgedIsDoneOnceAndReportedThroughALongRowOfKills() {
    assertThat(
            new CommandLine(new Chaos())
                .execute(
                    "--seed",
                    SEED,
                    "--bot-kills",
                    "40",
                    "--agent-kills",
                    "10",
                    "--broker-kills",
                    "10",
                    "--cuts",
                    "14",
                    "--races",
                    "3"))
        .isZero();
  }
}
