package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AgentMainTest {

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theKeyIsPrintedAndStaysTheSame() throws IOException {
    AgentFixture.config(directory, "");

    assertThat(run("--config", file(), "--print-key")).isZero();
    String first = out.toString();
    assertThat(first).contains("web1 x25519:").contains("fingerprint ");
    assertThat(run("--config", file(), "--print-key")).isZero();

    assertThat(out).hasToString(first + first);
  }

  @Test
  void trustT6_aNodeIsGivenANewKeyAndTheOldOneIsKept() throws IOException {
    AgentFixture.config(directory, "");
    run("--config", file(), "--print-key");
    String before = out.toString();

    assertThat(run("--config", file(), "--new-key")).isZero();

    assertThat(out.toString()).contains("node-keys.before.json", "fleet replace web1 ");
    out.getBuffer().setLength(0);
    run("--config", file(), "--print-key");
    assertThat(out.toString()).isNotEqualTo(before);
  }

  @Test
  void trustT6_theKeyOfARunningAgentIsNotReplaced() throws IOException {
    var config = AgentFixture.config(directory, "");
    run("--config", file(), "--print-key");
    out.getBuffer().setLength(0);
    try (StateDirectory _ = StateDirectory.open(config.state())) {
      assertThat(run("--config", file(), "--new-key")).isNotZero();
    }
    assertThat(err.toString()).contains("Another agent is using the state folder");
  }

  @Test
  void aBadConfigurationIsSaidInWordsAndEndsTheProgram() throws IOException {
    Files.writeString(directory.resolve("agent.yaml"), "nodes: web1\n");

    assertThat(run("--config", file())).isNotZero();
    assertThat(err.toString()).contains("nodes").doesNotContain("Exception");
  }

  @Test
  void botKeysThatAreNoneAreSaidInWords() throws IOException {
    AgentFixture.config(directory, "");

    assertThat(run("--config", file())).isNotZero();
    assertThat(err.toString()).contains("The bot keys are not usable").doesNotContain("Exception");
  }

  @Test
  void aFileThatIsNotThereIsSaidInWords() {
    assertThat(run("--config", file())).isNotZero();
    assertThat(err.toString()).contains("agent.yaml").doesNotContain("at dev.bandmaster");
  }

  private String file() {
    return directory.resolve("agent.yaml").toString();
  }

  private int run(String... arguments) {
    return new CommandLine(new AgentMain())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
