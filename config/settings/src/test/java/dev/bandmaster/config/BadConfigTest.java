package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One file for each mistake, {@code bad/*.yaml}, and beside it the exact sentence. */
class BadConfigTest {
  private static final Path FOLDER = Path.of("src/test/resources/bad");
  private static final StrictYaml YAML = new StrictYaml(Limits.STANDARD, Environment.of(Map.of()));

  static List<Path> mistakes() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyMistakeHasItsSentence(Path file) throws IOException {
    var name = file.getFileName().toString();
    var sentence = Files.readString(FOLDER.resolve(name.replace(".yaml", ".txt"))).stripTrailing();
    assertThatThrownBy(
            () -> {
              if (name.startsWith("bot-")) {
                BotConfig.load(file, YAML, TestNames.ALL);
              } else {
                AgentConfig.load(file, YAML);
              }
            })
        .isInstanceOf(BadConfigException.class)
        .hasMessage(sentence);
  }
}
