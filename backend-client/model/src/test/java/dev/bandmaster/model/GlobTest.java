package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "web,web,true", "web,web1,false", "web,myweb,false", "web*,web1,true", "*,'',true",
    "?,'',false", "w?b,web,true", "a.c,abc,false", "*b*d,abcd,true", "*b*d,abdc,false",
    "adhoc:*,adhoc:disk,true", "Web,web,false"
  })
  void matchesTheWholeText(String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void agreesWithASlowButObviousTranslation() {
    var seed = 20_260_101L;
    var random = new Random(seed);
    for (var i = 0; i < 20_000; i++) {
      var pattern = word(random, "ab*?", 1 + random.nextInt(8));
      var text = word(random, "ab", random.nextInt(10));
      var expected = Pattern.matches(pattern.replace("*", ".*").replace("?", "."), text);
      assertThat(new Glob(pattern).matches(text))
          .as("seed %d: %s on %s", seed, pattern, text)
          .isEqualTo(expected);
    }
  }

  private static String word(Random random, String letters, int length) {
    var word = new StringBuilder();
    for (var i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
