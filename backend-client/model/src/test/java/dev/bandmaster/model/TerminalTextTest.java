package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TerminalTextTest {

  static Stream<Arguments> printed() {
    return Stream.of(
        Arguments.of("plain\n\ttext\n", "plain\n\ttext\n"),
        Arguments.of("\u001B[31mred\u001B[0m and \u001B[1;38;5;9mbright\u001B[m", "red and bright"),
        Arguments.of("\u001B]0;a title\u0007text", "text"),
        Arguments.of("\u001B]8;;https://evil.example\u001B\\link\u001B]8;;\u001B\\", "link"),
        Arguments.of("\u001BPdevice\u001B\\after", "after"),
        Arguments.of("\u009B32mgreen", "green"),
        Arguments.of("\u001B(Bascii\u001B7\u001B=", "ascii"),
        Arguments.of("10%\r50%\r100%\ndone", "100%\ndone"),
        Arguments.of("windows\r\nlines\r\n", "windows\nlines\n"),
        Arguments.of("long line\rshort\u001B[K", "short"),
        Arguments.of("gone\u001B[2K\rnew", "new "),
        Arguments.of("overwritten\rO", "Overwritten"),
        Arguments.of("pasx\bsword", "password"),
        Arguments.of("b\bbo\bol\bld\bd", "bold"),
        Arguments.of("\b\b\bstart", "start"),
        Arguments.of("bell\u0007 and \u0001", "bell and ␁"),
        Arguments.of("a\u202Eb\u200Bc", "a\uFFFDb\uFFFDc"),
        Arguments.of("cut \u001B", "cut "),
        Arguments.of("cut \u001B[3", "cut "),
        Arguments.of("never ends \u001B]0;title\nnext line", "never ends \nnext line"),
        Arguments.of("日本\r東", "東本"),
        Arguments.of("", ""));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void trustT13_outputIsReadAsATerminalWould(String printed, String shown) {
    assertThat(TerminalText.read(printed).replaceAll(" +$", ""))
        .isEqualTo(shown.replaceAll(" +$", ""));
  }

  @Test
  void trustT13_binaryOutputIsNamedAsSuch() {
    Random random = new Random(13);
    StringBuilder binary = new StringBuilder();
    for (int at = 0; at < 2_000; at++) {
      int each = random.nextInt(256);
      binary.append(each < 0x80 ? (char) each : '\uFFFD');
    }
    assertThat(TerminalText.read(binary.toString()))
        .isEqualTo("binary output, 2,000 characters: not shown");
  }

  @Test
  void trustT13_namesSeparatedByNulAreStillText() {
    assertThat(TerminalText.read("/var/log/syslog\u0000/var/log/messages\u0000"))
        .isEqualTo("/var/log/syslog␀/var/log/messages␀");
  }

  @Test
  void trustT13_noControlCharacterIsLeftWhateverIsPrinted() {
    Random random = new Random(14);
    String signs = "\u001B\u001B[]?;0123mKPX\\\u0007\b\r\n\u009B\u009D\u202Eab ";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder printed = new StringBuilder();
      for (int at = random.nextInt(30); at > 0; at--) {
        printed.append(signs.charAt(random.nextInt(signs.length())));
      }
      assertThat(TerminalText.read(printed.toString()))
          .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202E]");
    }
  }
}
