package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.PrivateFiles;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeCommandTest {
  @TempDir private Path folder;
  private Typed typed;

  @BeforeEach
  void config() throws IOException {
    typed = Typed.in(folder, "amqps://bot:hunter2@broker:5671/%2Fbandmaster");
  }

  @Test
  void trustT4_oneCommandWritesAllThatAServerNeeds() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "bme_secret\n");
    Typed.Ended added =
        typed.run(
            "node",
            "add",
            "web7.example.com",
            "--env",
            "staging",
            "--into",
            folder.toString(),
            "--token-file",
            token.toString());
    assertThat(added.err()).isEmpty();
    assertThat(added.code()).isZero();
    assertThat(added.out())
        .contains(
            "broker-rights.sh node web7.example.com --env staging --vhost '/bandmaster' < broker-password",
            "It joins by its token")
        .doesNotContain("hunter2", "bme_secret");

    Path made = folder.resolve("web7.example.com");
    AgentConfig agent = AgentConfig.load(made.resolve("agent.yaml"), StrictYaml.standard()).value();
    String password = Files.readString(made.resolve("broker-password")).strip();
    assertThat(added.out()).doesNotContain(password);
    assertThat(agent.node()).isEqualTo("web7.example.com");
    assertThat(agent.env()).isEqualTo("staging");
    assertThat(agent.uri().reveal())
        .isEqualTo("amqps://web7.example.com:" + password + "@broker:5671/%2Fbandmaster");
    assertThat(agent.enrolmentToken().map(Secret::reveal)).contains("bme_secret");
    BotKeyRing.parse(Files.readAllLines(made.resolve("bot-keys")));
    try (var files = Files.list(made)) {
      assertThat(files.toList())
          .hasSize(5)
          .allSatisfy(file -> assertThat(PrivateFiles.isOpenToOthers(file)).isFalse());
    }
  }

  @Test
  void trustT4_whatDoesNotFitIsRefusedAndNothingIsWritten() throws IOException {
    String into = folder.toString();
    assertThat(typed.run("node", "add", "a b", "--env", "staging", "--into", into).err())
        .contains("'a b' is not a node name");
    assertThat(typed.run("node", "add", "web7", "--env", "stagin", "--into", into).err())
        .contains("There is no environment 'stagin'; there are staging.");
    Files.createDirectory(folder.resolve("web8"));
    assertThat(typed.run("node", "add", "web8", "--env", "staging", "--into", into).err())
        .contains("exists; nothing was written");
    assertThat(folder.resolve("web7")).doesNotExist();
    assertThat(typed.run("node", "add", "web9", "--env", "staging", "--into", into).out())
        .contains("fleet accept web9");
  }
}
