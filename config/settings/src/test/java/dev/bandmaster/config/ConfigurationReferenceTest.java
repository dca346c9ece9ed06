package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/configuration.md");

  @Test
  void thePageSaysWhatTheProgramReads() throws IOException {
    var page = ConfigurationReference.page();
    if (Boolean.getBoolean("bandmaster.regenerate")) {
      Files.createDirectories(PAGE.toAbsolutePath().normalize().getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as(
            "run: mvn -pl config/settings test -Dtest=ConfigurationReferenceTest -Dbandmaster.regenerate=true")
        .content()
        .isEqualTo(page);
  }
}
