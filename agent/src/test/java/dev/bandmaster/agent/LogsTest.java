package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.FinalCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of a node, with real files, and a program in the place of journalctl. */
class LogsTest {

  @TempDir Path directory;

  private Path log() {
    return directory.resolve("web.log");
  }

  private AgentFixture agent() throws IOException {
    Path journalctl = directory.resolve("journalctl");
    Files.writeString(
        journalctl,
        """
        #!/bin/sh
        echo "$#: $*" > %1$s/calls
        echo "2026-05-04T12:00:00+0000 web1 nginx[1]: password=hunter2 ready"
        echo "2026-05-04T12:00:01+0000 web1 nginx[1]: served"
        case "$*" in *--follow*) sleep 60;; esac
        """
            .formatted(directory));
    assertThat(journalctl.toFile().setExecutable(true)).isTrue();
    return new AgentFixture(
        directory,
        """
        logs:
          journalctl: [%s]
          redact: ["customer-[0-9]+"]
          sources:
            web: {files: [web.log]}
            nginx: {unit: nginx.service}
        """
            .formatted(journalctl));
  }

  private static String read(AgentFixture agent, String arguments) {
    String id = agent.ask("logs", "read", arguments);
    agent.bus().finalOf(id, FinalCode.OK);
    return agent.bus().outputOf(id);
  }

  private static String message(AgentFixture agent, String arguments, FinalCode code) {
    return agent.bus().finalOf(agent.ask("logs", "read", arguments), code).message();
  }

  @Test
  void commandW2_theLastLinesAreShown() throws IOException {
    Files.writeString(
        log(),
        IntStream.range(0, 900).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()));
    try (AgentFixture agent = agent()) {
      assertThat(read(agent, "{\"app\":\"web\",\"lines\":2}")).isEqualTo("line 898\nline 899\n");
      assertThat(read(agent, "{\"app\":\"web\"}").lines())
          .hasSize(200)
          .last()
          .isEqualTo("line 899");
      assertThat(read(agent, "{\"app\":\"web\",\"find\":\"LINE 77\",\"lines\":2}"))
          .isEqualTo("line 778\nline 779\n");
      assertThat(message(agent, "{\"app\":\"web\",\"find\":\"nowhere\"}", FinalCode.OK))
          .isEqualTo("No lines.");
      assertThat(message(agent, "{\"app\":\"db\"}", FinalCode.FAILED))
          .isEqualTo("This node's configuration declares no logs of db; it has web, nginx.");
      assertThat(message(agent, "{\"app\":\"web\",\"lines\":5001}", FinalCode.INVALID))
          .contains("lines");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user=ann password=hunter2 ok|user=ann password=*** ok",
        "{\"api_key\": \"abc def\", \"a\": 1}|{\"api_key\": ***, \"a\": 1}",
        "Authorization: Basic YW5uOmh1bnRlcjI=|Authorization: ***",
        "curl -H x Bearer abcdef123456|curl -H x Bearer ***",
        "amqps://ann:hunter2@broker/|amqps://ann:***@broker/",
        "key AKIAABCDEFGHIJKLMNOP used|key *** used",
        "xoxb-1234-abcdefgh|***",
        "customer-4711 pays|*** pays",
        "nothing to hide|nothing to hide"
      })
  void commandW2_secretsNeverLeaveTheNode(String line, String shown) throws IOException {
    Files.writeString(log(), line + "\n");
    try (AgentFixture agent = agent()) {
      assertThat(read(agent, "{\"app\":\"web\"}")).isEqualTo(shown + "\n");
    }
  }

  @Test
  void commandW2_aSecretCannotBeGuessedByLookingForIt() throws IOException {
    Files.writeString(log(), "password=hunter2\n");
    try (AgentFixture agent = agent()) {
      assertThat(message(agent, "{\"app\":\"web\",\"find\":\"hunter\"}", FinalCode.OK))
          .isEqualTo("No lines.");
    }
  }

  @Test
  void commandW2_aPrivateKeyIsHiddenToItsEnd() throws IOException {
    Files.writeString(
        log(), "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb\n");
    try (AgentFixture agent = agent()) {
      assertThat(read(agent, "{\"app\":\"web\"}")).isEqualTo("a\n***\n***\n***\nb\n");
    }
  }

  @Test
  void commandW2_aBinaryFileIsNamedAndNotShown() throws IOException {
    byte[] bytes = new byte[5_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(log(), bytes);
    try (AgentFixture agent = agent()) {
      assertThat(message(agent, "{\"app\":\"web\"}", FinalCode.FAILED))
          .endsWith("web.log is not text, so it is not shown.");
      Files.delete(log());
      assertThat(message(agent, "{\"app\":\"web\"}", FinalCode.FAILED))
          .endsWith("web.log does not exist.");
    }
  }

  @Test
  void commandW2_ofTenGigabytesOnlyTheEndIsRead() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
      file.setLength(10L << 30);
      file.seek(10L << 30);
      file.write("behind the hole\n".getBytes(StandardCharsets.UTF_8));
    }
    try (AgentFixture agent = agent()) {
      assertThat(read(agent, "{\"app\":\"web\"}")).isEqualTo("behind the hole\n");
      Files.writeString(log(), "x".repeat(3_000) + "\n");
      assertThat(read(agent, "{\"app\":\"web\"}")).isEqualTo("x".repeat(2_000) + "…\n");
    }
  }

  @Test
  void commandW2_sinceGoesByTheTimesInTheLines() throws IOException {
    Files.writeString(
        log(),
        """
        2001-01-01T00:00:00Z old
          old too
        2999-01-01T00:00:00Z new
          new too
        """);
    try (AgentFixture agent = agent()) {
      assertThat(read(agent, "{\"app\":\"web\",\"since\":600}"))
          .isEqualTo("2999-01-01T00:00:00Z new\n  new too\n");
      Files.writeString(log(), "no time\n");
      String id = agent.ask("logs", "read", "{\"app\":\"web\",\"since\":600}");
      assertThat(agent.bus().finalOf(id, FinalCode.OK).message())
          .contains("has no dates at the beginning of its lines, so `since` is not applied");
      assertThat(agent.bus().outputOf(id)).isEqualTo("no time\n");
    }
  }

  @Test
  void commandW2_aLogIsFollowedThroughItsRotation() throws IOException {
    Files.writeString(log(), "first\n");
    try (AgentFixture agent = agent()) {
      String id = agent.ask("logs", "read", "{\"app\":\"web\",\"follow\":30}");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(id).contains("first"));
      Files.writeString(log(), "second token=abc\n", StandardOpenOption.APPEND);
      FakeNodeBus.eventually(() -> agent.bus().outputOf(id).contains("second token=***\n"));
      Files.move(log(), directory.resolve("web.log.1"));
      Files.writeString(directory.resolve("web.log.1"), "late\n", StandardOpenOption.APPEND);
      Files.writeString(log(), "third\n");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(id).contains("third"));
      assertThat(agent.bus().outputOf(id)).contains("late\n", "was rotated");
      Files.writeString(log(), "");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(id).contains("was emptied"));
      agent.ask("job", "cancel", "{\"request\":\"" + id + "\"}");
      agent.bus().finalOf(id, FinalCode.CANCELLED);
    }
  }

  @Test
  void commandW2_theJournalIsReadByAListOfArguments() throws IOException {
    try (AgentFixture agent = agent()) {
      assertThat(read(agent, "{\"app\":\"nginx\",\"lines\":5}"))
          .contains("nginx[1]: password=*** ready\n", "served\n");
      assertThat(directory.resolve("calls"))
          .hasContent("5: --no-pager --quiet --output=short-iso --unit=nginx.service --lines=5");
      assertThat(read(agent, "{\"app\":\"nginx\",\"find\":\"--since=; rm\"}")).isEmpty();
      assertThat(directory.resolve("calls")).content().doesNotContain("rm");
      assertThat(read(agent, "{\"app\":\"nginx\",\"follow\":1}")).contains("served\n");
    }
  }
}
