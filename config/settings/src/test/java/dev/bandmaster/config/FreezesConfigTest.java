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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezesConfigTest {
  private static final String WEEKEND =
      """
      - name: weekend
        begins: "0 18 * * 5"
        lasts: 62h
        zone: Europe/Berlin
        reason: Nobody is on duty.
      """;

  @TempDir private Path folder;

  private FreezesConfig read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("freezes.yaml"), text);
    return new StrictYaml(Limits.STANDARD, Environment.of(Map.of()))
        .load(
            file,
            section ->
                section
                    .field("freezes", FreezesConfig.kind(), "Freezes.")
                    .orDefault(FreezesConfig.STANDARD))
        .value();
  }

  @Test
  void peopleU10_goingBackPassesByDefault() throws IOException {
    assertThat(read("{}").allow()).containsExactly("rollback", "undo");
    FreezesConfig list = read("freezes:\n" + WEEKEND.indent(2));
    assertThat(list.allow()).containsExactly("rollback", "undo");
    assertThat(list.recurring()).extracting(FreezeConfig::name).containsExactly("weekend");
  }

  @Test
  void peopleU10_whatPassesIsConfigured() throws IOException {
    FreezesConfig config =
        read("freezes:\n  allow: [rollback]\n  recurring:\n" + WEEKEND.indent(4));
    assertThat(config.allow()).containsExactly("rollback");
    assertThat(config.recurring()).hasSize(1);
    assertThat(read("freezes: {allow: none}").allow()).isEmpty();
  }

  @Test
  void peopleU10_anotherWordThanNoneIsRefused() {
    assertThatThrownBy(() -> read("freezes: {allow: everything}"))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("must be a list of commands, or none");
  }
}
