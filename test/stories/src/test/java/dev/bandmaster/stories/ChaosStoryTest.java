package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.benchmark.chaos.Chaos;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The promise, in about a minute: everything is killed and cut a few times while people type. The
 * table is in the test's output; {@code ./bandmaster bench chaos} is the long form.
 */
@Tag("real")
class ChaosStoryTest {

  /** Fixed, so that the choices are the same each time; the moments they meet are not. */
  private static final String SEED = "20261";

  @Test
  void whatWasAcknowledgedIsDoneOnceAndToldWhateverIsKilled() {
    assertThat(new CommandLine(new Chaos()).execute("--short", "--seed", SEED)).isZero();
  }
}
