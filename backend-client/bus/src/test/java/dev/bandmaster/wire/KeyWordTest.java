package dev.bandmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyWordTest {
  @ParameterizedTest
  @CsvSource({
    "web1, web1",
    "web1.example.com, web1_2eexample_2ecom",
    "a_b, a_5fb",
    "Web-1, Web-1",
    "é, _c3_a9",
    "'', _",
    "*, _2a",
    "#, _23"
  })
  void trap12_anyTextBecomesOneWord(String text, String word) {
    assertThat(KeyWord.of(text)).isEqualTo(word);
  }

  @Test
  void trap12_longNamesStayDifferentAndShort() {
    String one = KeyWord.of("ü".repeat(150) + "1");
    String other = KeyWord.of("ü".repeat(150) + "2");
    assertThat(one)
        .hasSizeLessThanOrEqualTo(KeyWord.LONGEST)
        .matches("[A-Za-z0-9_-]+")
        .isNotEqualTo(other);
  }
}
