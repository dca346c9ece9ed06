package dev.bandmaster.acl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Decision.Denied;
import dev.bandmaster.yaml.BadConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged policies are refused with a line, never with an accident, and never grow rights. */
class PolicyFuzzTest {
  private static final List<String> DEBRIS =
      List.of(
          "[", "]", "{", "}", ":", "- ", "*", "&a", "!x", "\t", "\"", "'", "|", "#", "\u0000", "é",
          "\n", "~", "?");

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aDamagedFileIsReadOrRefusedWithALine(long seed) throws IOException {
    var text = damaged(new Random(seed));
    try {
      var policy = PolicyLoader.load("policy.yaml", text, Fixtures.IDS).value();
      assertThat(
              policy.decide(Fixtures.ask(Fixtures.EVE, Fixtures.OPS, "codeupdate", "web", "prod")))
          .as("seed %d", seed)
          .isInstanceOf(Denied.class);
    } catch (BadConfigException refused) {
      assertThat(refused.problems())
          .as("seed %d", seed)
          .isNotEmpty()
          .allMatch(problem -> problem.toString().startsWith("policy.yaml:"));
    }
  }

  private static String damaged(Random random) throws IOException {
    var text = new StringBuilder(Files.readString(Path.of("../config/policy.yaml")));
    var wounds = 1 + random.nextInt(4);
    for (var i = 0; i < wounds; i++) {
      var at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, DEBRIS.get(random.nextInt(DEBRIS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }
}
