package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Slack is shown, as files that are reviewed. {@code -Dgolden.update=true} writes them again.
 */
final class Golden {

  private static final Path FOLDER = Path.of("src/test/resources/golden/slack");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Golden() {}

  static void check(String name, JsonNode actual) throws IOException {
    String text = JSON.writeValueAsString(actual) + "\n";
    Path file = FOLDER.resolve(name + ".json");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text).as("golden file %s", file).isEqualTo(Files.readString(file));
  }
}
