package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that others have written. */
class ExecModulesTest {
  private static final Path HOW_TO = Path.of("../docs/how-to/plugins-agent.md");

  @TempDir private Path temporary;

  private static String example(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(HOW_TO));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private AgentFixture agent(String program, String schema) throws IOException {
    Path file = Files.writeString(temporary.resolve("module"), program);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Files.writeString(temporary.resolve("schema.json"), schema);
    return new AgentFixture(
        temporary,
        """
        exec:
          disk_usage:
            command: [%s]
            schema: schema.json
            summary: how full a file system is
            timeout: 20s
        """
            .formatted(file));
  }

  private static String words(String... words) throws IOException {
    return new ObjectMapper().writeValueAsString(Map.of("arguments", List.of(words)));
  }

  private ReportBody.Final run(AgentFixture agent, FinalCode code, String... words)
      throws Exception {
    return agent.bus().finalOf(agent.ask("adhoc", "disk_usage", words(words)), code);
  }

  @Test
  void pluginV5_theExampleOfTheDocumentationWorks() throws Exception {
    try (AgentFixture agent = agent(example("python"), example("json"))) {
      ReportBody.Final end = run(agent, FinalCode.OK, "path=/proc", "limit=100");
      assertThat(end.message()).endsWith("% used");
      assertThat(end.data().get("used_percent").number()).isPresent();
      assertThat(run(agent, FinalCode.FAILED, "path=/nowhere").message())
          .contains("No such file or directory");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=3      | path",
        "path=/ x=1   | x",
        "path=/ limit=many | integer",
        "path=/ limit=101  | 100",
        "path=/ path=/     | is there twice",
        "/            | are written name=value"
      })
  void pluginV5_whatDoesNotFitTheSchemaIsRefused(String words, String said) throws Exception {
    try (AgentFixture agent = agent("#!/bin/sh\ntouch ran\n", example("json"))) {
      assertThat(run(agent, FinalCode.INVALID, words.strip().split(" +")).message()).contains(said);
      assertThat(temporary.resolve("state/work/ran")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | FAILED | ended without a result",
        "echo '{\"type\":\"resu' | FAILED | ended without a result",
        "echo '{\"type\":\"result\",\"ok\":false,\"message\":\"no\"}' | FAILED | no",
        "echo '{\"type\":\"result\",\"ok\":true,\"message\":\"yes\"}' | OK | yes",
        "echo '{\"type\":\"result\",\"ok\":true,\"message\":\"yes\"}'; exit 3 | FAILED | yes",
        "kill -9 $$ | FAILED | exit 137",
        "head -c 20000000 /dev/zero | FAILED | ended without a result"
      })
  void pluginV5_whateverAModulePrintsIsAResult(String body, FinalCode code, String said)
      throws Exception {
    try (AgentFixture agent = agent("#!/bin/sh\n" + body + "\n", "{}")) {
      assertThat(run(agent, code).message()).contains(said);
    }
  }

  @Test
  void pluginV5_theNodeSaysWhatItOffers() throws Exception {
    try (AgentFixture agent = agent("#!/bin/sh\n", "{}")) {
      ReportBody.Final end =
          agent.bus().finalOf(agent.ask("facts", "inventory", "{}"), FinalCode.OK);
      assertThat(end.data().get("facts").get("module.disk_usage"))
          .isEqualTo(Data.of("how full a file system is"));
    }
  }
}
