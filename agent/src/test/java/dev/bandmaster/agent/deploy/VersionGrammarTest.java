package dev.bandmaster.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.VersionName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bot takes for a version, an agent takes for one too. */
class VersionGrammarTest {

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "rollback"})
  void peopleU4_theSchemasUseTheSameRule(String action) throws IOException {
    try (InputStream schema = Version.class.getResourceAsStream(action + ".schema.json")) {
      assertThat(new String(schema.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"version\": {\"type\": \"string\", \"pattern\": \"^" + VersionName.PATTERN);
    }
  }

  @Test
  void peopleU4_anAgentTakesEveryNameOfAVersion() {
    for (String version : new String[] {"1.2.3+build.5", "v1.4.2", "2026-11-29", "1".repeat(100)}) {
      assertThat(new Version(version)).hasToString(version);
    }
    assertThat(Version.isValid("../1")).isFalse();
  }
}
