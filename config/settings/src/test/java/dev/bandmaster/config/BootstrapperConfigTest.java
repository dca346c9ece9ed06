package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapperConfigTest {
  private static final String GOOD =
      """
      kind: bootstrapper
      url: https://staging.example.net
      token: s3cret
      environment: stage
      modules: [ping, service]
      roles: [base, web]
      answer_timeout: 1m
      """;

  @TempDir private Path folder;

  private BootstrapperConfig read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("backend.yaml"), text);
    return (BootstrapperConfig)
        new StrictYaml(Limits.STANDARD, Environment.of(Map.of()))
            .load(file, BackendConfig::read)
            .value();
  }

  @Test
  void backendX1_anEnvironmentNamesItsBootstrapper() throws IOException {
    BootstrapperConfig config = read(GOOD);

    assertThat(config.url()).hasToString("https://staging.example.net");
    assertThat(config.environment()).contains("stage");
    assertThat(config.modules()).isEqualTo(List.of("ping", "service"));
    assertThat(config.answerTime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: bootstrapper | kind: salt | kind",
        "https://staging.example.net | ftp://staging.example.net | http:// or https://",
        "https://staging.example.net | https://bot:pw@staging.example.net | without user",
        "[ping, service] | [ping, shell] | hand text of people to a shell",
        "[ping, service] | [ansible.builtin.raw] | hand text of people to a shell",
        "answer_timeout: 1m | answer_timeout: 1h | answer_timeout",
        "environment: stage | enviroment: stage | environment"
      })
  void backendX1_whatIsWrongIsRefusedWithItsKey(String good, String bad, String sentence) {
    assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining(sentence);
  }
}
