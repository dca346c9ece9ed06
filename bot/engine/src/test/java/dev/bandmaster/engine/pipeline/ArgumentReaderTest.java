package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.engine.pipeline.ArgumentReader.Reading;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ArgumentReaderTest {
  private static final Logger LOG = LoggerFactory.getLogger(ArgumentReaderTest.class);

  private static final CommandDeclaration UPDATE =
      new CommandDeclaration(
          "update",
          List.of(),
          "updates",
          List.of(
              Parameter.positional("env", new Parameter.Type.Word(), "where"),
              Parameter.positional("app", new Parameter.Type.Word(), "what").optional(),
              Parameter.named("version", new Parameter.Type.Word(), "which"),
              Parameter.flag("dry-run", "only looks")),
          List.of());

  private static final CommandDeclaration RUN =
      new CommandDeclaration(
          "run",
          List.of(),
          "runs",
          List.of(
              Parameter.positional("node", new Parameter.Type.Word(), "where"),
              Parameter.rest("words", new Parameter.Type.Word(), "what"),
              Parameter.flag("live", "now")),
          List.of());

  /** Options stand before the words that are somebody else's. */
  private static final CommandDeclaration CALL =
      new CommandDeclaration(
          "call",
          List.of(),
          "calls",
          List.of(
              Parameter.positional("node", new Parameter.Type.Word(), "where"),
              Parameter.named("limit", new Parameter.Type.Word(), "how many"),
              Parameter.positional("module", new Parameter.Type.Word(), "what"),
              Parameter.rest("words", new Parameter.Type.Word(), "with what")),
          List.of());

  private static Reading read(CommandDeclaration declaration, String line) {
    return switch (WordSplitter.of(line)) {
      case WordSplitter.Split(List<String> words) -> ArgumentReader.read(declaration, words);
      case WordSplitter.Unreadable(String reason) -> throw new AssertionError(reason);
    };
  }

  static Stream<Arguments> complete() {
    return Stream.of(
        Arguments.of(UPDATE, "staging", "update staging"),
        Arguments.of(UPDATE, "staging web", "update staging web"),
        Arguments.of(UPDATE, "version=1.2 staging", "update staging version=1.2"),
        Arguments.of(UPDATE, "staging --version 1.2", "update staging version=1.2"),
        Arguments.of(UPDATE, "staging --version=1.2", "update staging version=1.2"),
        Arguments.of(UPDATE, "--dry-run staging", "update staging --dry-run"),
        Arguments.of(UPDATE, "staging version=1 version=2", "update staging version=2"),
        Arguments.of(UPDATE, "staging version=", "update staging version=\"\""),
        Arguments.of(UPDATE, "staging version=a=b", "update staging version=a=b"),
        Arguments.of(UPDATE, "\"a b\" 'c\"d'", "update \"a b\" \"c\\\"d\""),
        Arguments.of(UPDATE, "dry-run", "update dry-run"),
        Arguments.of(UPDATE, "other=1", "update other=1"),
        Arguments.of(RUN, "web1", "run web1"),
        Arguments.of(RUN, "web1 ls -l --all", "run web1 ls -l --all"),
        Arguments.of(RUN, "web1 ls --live -l", "run web1 ls -l --live"),
        Arguments.of(RUN, "-- x", "run -- x"),
        Arguments.of(CALL, "web1 --limit 3 ls", "call web1 limit=3 ls"),
        Arguments.of(CALL, "--limit 3 web1 ls", "call web1 limit=3 ls"),
        Arguments.of(CALL, "web1 ls limit=3", "call web1 ls limit=3"),
        Arguments.of(CALL, "web1 limit=2 ls x --limit 3", "call web1 limit=2 ls x --limit 3"));
  }

  @ParameterizedTest
  @MethodSource("complete")
  void wordsFindTheirParameters(CommandDeclaration declaration, String line, String canonical) {
    assertThat(read(declaration, line))
        .isInstanceOfSatisfying(
            Reading.Complete.class,
            complete -> {
              assertThat(ArgumentReader.canonical(declaration, complete.arguments()))
                  .isEqualTo(canonical);
              assertThat(read(declaration, canonical.substring(canonical.indexOf(' ') + 1)))
                  .as("the canonical spelling means the same")
                  .isEqualTo(complete);
            });
  }

  static Stream<Arguments> mistaken() {
    return Stream.of(
        Arguments.of(
            "", "<env> is missing: where. Usage: `update <env> [app] [version=…] [--dry-run]`"),
        Arguments.of("--dry-run", "<env> is missing: where."),
        Arguments.of("staging web extra", "'extra' is one argument too many."),
        Arguments.of("staging " + "x".repeat(10) + " " + "y".repeat(3000), "y".repeat(57) + "…'"),
        Arguments.of("staging --version", "--version needs a value."),
        Arguments.of("staging --versoin=1", "no option --versoin. Did you mean --version?"),
        Arguments.of("staging --dryrun", "no option --dryrun. Did you mean --dry-run?"),
        Arguments.of("staging --force", "There is no option --force. Usage:"));
  }

  @ParameterizedTest
  @MethodSource("mistaken")
  void trap14_aMistakeIsSaidWithTheUsage(String line, String sentence) {
    assertThat(read(UPDATE, line))
        .isInstanceOfSatisfying(
            Reading.Mistaken.class,
            mistaken ->
                assertThat(mistaken.reason())
                    .contains(sentence)
                    .endsWith("Usage: `update <env> [app] [version=…] [--dry-run]`")
                    .hasSizeLessThan(400));
  }

  @Test
  void aFlagHasNoWords() {
    assertThat(read(UPDATE, "staging --dry-run"))
        .isEqualTo(
            new Reading.Complete(
                new dev.bandmaster.plugin.Arguments(
                    Map.of("env", List.of("staging"), "dry-run", List.of()))));
  }

  @Test
  void whateverIsReadMeansTheSameInItsCanonicalSpelling() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random commands with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    int complete = 0;
    for (int i = 0; i < 5_000; i++) {
      CommandDeclaration declaration = random.nextBoolean() ? UPDATE : RUN;
      List<String> words =
          Stream.generate(() -> word(random)).limit(1 + random.nextInt(5)).toList();
      if (ArgumentReader.read(declaration, words) instanceof Reading.Complete read) {
        complete++;
        String canonical = ArgumentReader.canonical(declaration, read.arguments());
        assertThat(read(declaration, canonical.substring(declaration.name().length())))
            .as("seed %d: %s became %s", seed, words, canonical)
            .isEqualTo(read);
      }
    }
    assertThat(complete).isPositive();
  }

  private static String word(Random random) {
    List<String> parts =
        List.of("a", "version=", "--", "dry-run", "live", "\"", "'", "\\", " ", "=", "x y", "é");
    return random
        .ints(1 + random.nextInt(3), 0, parts.size())
        .mapToObj(parts::get)
        .collect(Collectors.joining());
  }
}
