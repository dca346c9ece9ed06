package dev.bandmaster.engine.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.PipelineBench;
import dev.bandmaster.plugin.Arguments;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VersionCommandTest {

  private static String says(Asker asker, Optional<String> version) {
    return VersionCommand.of("bot-1", version, SampleJobs.NOON) instanceof Command.BuiltIn command
        ? PipelineBench.words(command.answer().to(asker, Arguments.NONE))
        : "";
  }

  @Test
  void houseDeclares_versionSaysWhichProgramAnswers() {
    Asker asker =
        new Asker(
            new Person(new UserRef("T1", "U1"), "ann", Person.Kind.MEMBER, Set.of()),
            SampleJobs.THREAD);
    assertThat(says(asker, Optional.of("1.0.0")))
        .isEqualTo(
            "Bandmaster 1.0.0 on Java %s, replica bot-1, running since %s"
                .formatted(Runtime.version(), SampleJobs.NOON));
    assertThat(says(asker, Optional.empty())).startsWith("Bandmaster built from source on Java ");
  }
}
