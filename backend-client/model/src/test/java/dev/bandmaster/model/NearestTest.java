package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> WORDS =
      List.of("ping", "discover", "codeupdate", "deploy", "adhoc", "help", "status");

  @ParameterizedTest
  @CsvSource({
    "pnig,ping",
    "pin,ping",
    "pingg,ping",
    "PING,ping",
    "hlep,help",
    "codeupdat,codeupdate",
    "code-update,codeupdate",
    "deply,deploy",
    "discovr,discover",
    "statsu,status"
  })
  void theNearestWordIsFound(String typed, String meant) {
    assertThat(Nearest.to(typed, WORDS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"reboot", "x", "make", "''"})
  void anotherWordIsNoMistake(String typed) {
    assertThat(Nearest.to(typed, WORDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',abc,3",
    "abc,abc,0",
    "abc,acb,1",
    "abc,abd,1",
    "abc,ab,1",
    "abc,xabc,1",
    "kitten,sitting,3"
  })
  void theDistanceCountsMistakes(String left, String right, int distance) {
    assertThat(Nearest.slips(left, right)).isEqualTo(distance);
    assertThat(Nearest.slips(right, left)).isEqualTo(distance);
  }

  @Test
  void ofTwoEquallyNearWordsTheFirstInTheAlphabetIsSaid() {
    assertThat(Nearest.to("cat", List.of("hat", "bat", "mat"))).isEqualTo(Optional.of("bat"));
  }

  @Test
  void trap14_aVeryLongWordIsComparedWithNothing() {
    assertThat(Nearest.to("p".repeat(40_000), WORDS)).isEmpty();
  }
}
