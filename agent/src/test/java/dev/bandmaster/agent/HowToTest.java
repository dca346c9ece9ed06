package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.config.AnsibleConfig;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of {@code docs/how-to/agent.md} are configurations that an agent takes. */
class HowToTest {

  private static final Pattern SAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  /** What a sample of some sections alone is completed with. */
  private static final String REST =
      """
      node: web1
      env: prod
      uri: amqps://broker/vhost
      state: /var/lib/bandmaster-agent
      bots: {keys_file: /etc/bandmaster/bot-keys}
      policy:
        - {callers: ["*"], actions: ["*"], apps: ["*"], envs: ["*"]}
      """;

  @TempDir Path directory;

  @Test
  void theSamplesAreTrue() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/agent.md"));
    List<String> samples = SAMPLE.matcher(page).results().map(result -> result.group(1)).toList();

    assertThat(samples).hasSize(5);
    for (String sample : samples) {
      // The broker's address and secrets come from elsewhere, which a test does not have.
      String text =
          (sample.startsWith("node:") ? sample : REST + sample)
              .replace("uri_env: BANDMASTER_BROKER", "uri: amqps://broker/vhost")
              .replace("password_file: /etc/bandmaster/releases", "password: secret");
      Path file = Files.writeString(directory.resolve("agent.yaml"), text);
      assertThat(AgentConfig.load(file, StrictYaml.standard()).value().node()).isEqualTo("web1");
    }
  }

  @Test
  void runnerY2_theSampleOfARunnerIsTrue() throws IOException {
    String page = Files.readString(Path.of("../docs/how-to/ansible-runner.md"));
    Matcher sample = Pattern.compile("(?ms)^ {3}```yaml\\n(.*?)^ {3}```$").matcher(page);
    assertThat(sample.find()).isTrue();
    Path file =
        Files.writeString(
            directory.resolve("agent.yaml"),
            sample.group(1).replaceAll("(?m)^ {3}", "")
                + """
                uri: amqps://broker/vhost
                state: /var/lib/bandmaster-agent
                bots: {keys_file: /etc/bandmaster/bot-keys}
                """);
    AnsibleConfig ansible =
        AgentConfig.load(file, StrictYaml.standard()).value().ansible().orElseThrow();
    assertThat(ansible.environments()).containsKey("staging");
    assertThat(Objects.requireNonNull(ansible.environments().get("staging")).roles())
        .containsExactly("base", "web");
  }
}
