package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class WordSplitterTest {
  private static final Logger LOG = LoggerFactory.getLogger(WordSplitterTest.class);

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of(" \t\n ", List.of()),
        Arguments.of("ping", List.of("ping")),
        Arguments.of("  ping   web1\n", List.of("ping", "web1")),
        Arguments.of(
            "say \"two words\" 'and three more'", List.of("say", "two words", "and three more")),
        Arguments.of("a\"b c\"d", List.of("ab cd")),
        Arguments.of("version=\"1.4 beta\"", List.of("version=1.4 beta")),
        Arguments.of("\"\" ''", List.of("", "")),
        Arguments.of("a\\ b", List.of("a b")),
        Arguments.of("\"a \\\" b\"", List.of("a \" b")),
        Arguments.of("'a \\ b'", List.of("a \\ b")),
        Arguments.of("it\\'s", List.of("it's")),
        Arguments.of("ends with \\", List.of("ends", "with", "\\")),
        Arguments.of(
            "$(reboot) `id` ; rm -rf / | cat > x && y",
            List.of("$(reboot)", "`id`", ";", "rm", "-rf", "/", "|", "cat", ">", "x", "&&", "y")),
        Arguments.of("*.example.com ~ $HOME", List.of("*.example.com", "~", "$HOME")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void trap20_aLineIsSplitAndNothingInItIsInterpreted(String line, List<String> words) {
    assertThat(WordSplitter.of(line)).isEqualTo(new WordSplitter.Split(words));
  }

  @ParameterizedTest
  @MethodSource("unterminated")
  void anUnterminatedQuoteIsPointedAt(String line, String at) {
    assertThat(WordSplitter.of(line))
        .isInstanceOfSatisfying(
            WordSplitter.Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason()).startsWith(at).contains("is never closed"));
  }

  static Stream<Arguments> unterminated() {
    return Stream.of(
        Arguments.of("say \"hello", "The quote \" at character 5"),
        Arguments.of("it's", "The quote ' at character 3"),
        Arguments.of("\"", "The quote \" at character 1"),
        Arguments.of("\"a\\\"", "The quote \" at character 1"));
  }

  @Test
  void whateverIsQuotedIsReadBackUnchanged() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random words with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      List<String> words = Stream.generate(() -> word(random)).limit(random.nextInt(5)).toList();
      String line = words.stream().map(WordSplitter::quote).collect(Collectors.joining(" "));
      assertThat(WordSplitter.of(line))
          .as("seed %d: %s", seed, line)
          .isEqualTo(new WordSplitter.Split(words));
    }
  }

  private static String word(Random random) {
    String letters = "ab\"'\\ \t\n=-$`;\0é🚀\u00a0\u2003";
    return random
        .ints(random.nextInt(8), 0, letters.length())
        .mapToObj(at -> String.valueOf(letters.charAt(at)))
        .collect(Collectors.joining());
  }
}
