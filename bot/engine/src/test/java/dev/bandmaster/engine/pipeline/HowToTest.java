package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.engine.pipeline.PipelineBench.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in the how-to pages are commands that the bot understands. */
class HowToTest {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```bandmaster\\n(.*?)^```$");

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  static Stream<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String page : List.of("rollouts.md", "freezes.md", "approvals.md", "alerts.md")) {
      List<String> found =
          COMMANDS
              .matcher(Files.readString(Path.of("../../docs/how-to", page)))
              .results()
              .flatMap(block -> block.group(1).lines())
              .toList();
      assertThat(found).as(page).hasSizeGreaterThan(5);
      commands.addAll(found);
    }
    return commands.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandOnThePageCanBeTyped(String line) {
    bench.store.commit(
        new Change.CreateJob(
            SampleJobs.after(
                SampleJobs.rollout(81, Rollout.AT_ONCE, "web1"),
                SampleJobs.NOON,
                new JobEvent.SlotTaken()),
            "bot-1"));
    assertThat(WordSplitter.of(line))
        .isInstanceOfSatisfying(
            WordSplitter.Split.class,
            split ->
                assertThat(bench.check(new Asker(PERSON, THREAD), split.words()))
                    .isInstanceOf(CommandReader.Good.class));
  }
}
