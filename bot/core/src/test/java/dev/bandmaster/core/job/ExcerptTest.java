package dev.bandmaster.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ExcerptTest {
  private static final Logger LOG = LoggerFactory.getLogger(ExcerptTest.class);

  @Test
  void shortOutputIsHeldWhole() {
    Excerpt excerpt = Excerpt.EMPTY.and("one\n").and("two\n");
    assertThat(excerpt.text()).isEqualTo("one\ntwo\n");
    assertThat(excerpt.isWhole()).isTrue();
  }

  @Test
  void ofLongOutputTheTwoEndsAreHeldAndWhatIsMissingIsSaid() {
    Excerpt excerpt = Excerpt.EMPTY.and("first\n" + "x".repeat(50_000)).and("\nlast");
    assertThat(excerpt.text())
        .startsWith("first\n")
        .endsWith("\nlast")
        .contains("… 48,011 characters are in the file only …");
    assertThat(excerpt.isWhole()).isFalse();
    assertThat(excerpt.length()).isEqualTo(50_011);
  }

  @Test
  void theHalvesOfACharacterStayTogetherAtTheEnd() {
    Excerpt excerpt = Excerpt.EMPTY.and("x".repeat(Excerpt.HEAD)).and("😀".repeat(600)).and("y");
    assertThat(Character.isLowSurrogate(excerpt.tail().charAt(0))).isFalse();
  }

  @Test
  void howOutputIsCutIntoPiecesMakesNoDifference() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random pieces with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      String text = "line %d\n".formatted(random.nextInt(10)).repeat(random.nextInt(600));
      Excerpt whole = Excerpt.EMPTY.and(text);
      Excerpt pieces = Excerpt.EMPTY;
      for (int at = 0; at < text.length(); ) {
        int end = Math.min(text.length(), at + 1 + random.nextInt(700));
        pieces = pieces.and(text.substring(at, end));
        at = end;
      }
      assertThat(pieces).as("seed %d, run %d", seed, run).isEqualTo(whole);
      assertThat(pieces.and("!").fingerprint()).isNotEqualTo(whole.and("?").fingerprint());
    }
  }

  @Test
  void trustT13_whatIsShownOfANodesOutputIsWhatATerminalShows() {
    Excerpt excerpt = Excerpt.EMPTY.and("10%\r").and("100%\n\u001B[3").and("1mred\u001B[0m\n");
    assertThat(excerpt.text()).isEqualTo("100%\nred\n");
  }
}
