package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

  /** Bidi, zero-width, fillers, tags, variation selectors, controls, line ends, half characters. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x202E, 0x202A, 0x202B, 0x202C, 0x202D, 0x2066, 0x2067, 0x2068, 0x2069, 0x200E, 0x200F,
        0x061C, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x034F, 0x180E, 0x115F, 0x1160,
        0x3164, 0xFFA0, 0x2800, 0xFE00, 0xFE0F, 0xE0001, 0xE0041, 0xE0100, 0x2028, 0x2029, 0x0085,
        0x009B, 0x0000, 0x0007, 0x0008, 0x000B, 0x001B, 0x000D, 0x007F, 0xD800, 0xDC00
      })
  void trustT12_whatNobodySeesBecomesVisible(int hidden) {
    String sign = new StringBuilder().appendCodePoint(hidden).toString();
    for (String shown :
        new String[] {VisibleText.line("a" + sign + "b"), VisibleText.lines("a" + sign + "b")}) {
      assertThat(shown).doesNotContain(sign).startsWith("a").endsWith("b");
      assertThat(shown.codePointCount(0, shown.length())).isEqualTo(3);
    }
  }

  @Test
  void trustT12_aLineEndWithinALineIsASign() {
    assertThat(VisibleText.line("web1\njob 7 approved")).isEqualTo("web1⏎job 7 approved");
    assertThat(VisibleText.lines("one\r\ntwo\nthree\tfour")).isEqualTo("one\ntwo\nthree\tfour");
  }

  @Test
  void whatPeopleWriteStays() {
    String text = "Grüße, 東京, Ελλάδα, עברית, ✅ 👩‍💻 ❤️ 👍🏽 e\u0301 — “quoted” …";
    assertThat(VisibleText.line(text)).isEqualTo(text);
  }

  @Test
  void doingItTwiceChangesNothingAndTextNeverGrows() {
    Random random = new Random(12);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int at = random.nextInt(12); at > 0; at--) {
        int[] ranges = {0x100, 0x2100, 0x10000, 0x110000};
        text.appendCodePoint(random.nextInt(ranges[random.nextInt(ranges.length)]));
      }
      String once = VisibleText.lines(text.toString());
      assertThat(VisibleText.lines(once)).isEqualTo(once);
      assertThat(once.length()).isLessThanOrEqualTo(text.length());
      String line = VisibleText.line(text.toString());
      assertThat(VisibleText.line(line)).isEqualTo(line).doesNotContain("\n");
    }
  }
}
