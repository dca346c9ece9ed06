package dev.bandmaster.acl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.yaml.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page describes every key in the words of the program. */
class PolicyReferenceTest {
  @Test
  void everyKeyStandsOnThePage() throws IOException {
    var page = Files.readString(Path.of("../docs/reference/policy.md"));
    var rows =
        Description.of(section -> PolicyParser.read(section, "", Fixtures.IDS)).stream()
            .map(PolicyReferenceTest::row)
            .distinct()
            .toList();
    assertThat(rows).hasSizeGreaterThan(30).allSatisfy(row -> assertThat(page).contains(row));
  }

  private static String row(Description.Entry entry) {
    var fallback =
        switch (entry.fallback()) {
          case "required" -> "**required**";
          case "optional", "[]", "{}", "" -> "–";
          default -> "`" + entry.fallback() + "`";
        };
    return "| `%s` | %s | %s |\n".formatted(entry.key(), fallback, entry.description());
  }

  @Test
  void theOtherSamplesAreWholePolicies() throws IOException {
    var page = Files.readString(Path.of("../docs/reference/policy.md"));
    var begin = page.indexOf("```yaml whole\n");
    assertThat(begin).isPositive();
    while (begin >= 0) {
      var from = begin + "```yaml whole\n".length();
      var end = page.indexOf("```", from);
      assertThat(Fixtures.problems(page.substring(from, end))).isEmpty();
      begin = page.indexOf("```yaml whole\n", end);
    }
  }
}
