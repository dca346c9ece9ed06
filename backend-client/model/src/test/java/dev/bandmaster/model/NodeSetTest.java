package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeSetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db1 | db1",
        "web1 web2 web3 | web[1-3]",
        "web001 web002 web090 | web[001-002,090]",
        "web8 web9 web10 web11 | web[8-11]",
        "web08 web09 web10 | web[08-10]",
        "web1 web01 | web[1,01]",
        "web1.eu2.example.com web2.eu2.example.com | web[1-2].eu2.example.com",
        "r1n1 r1n2 r2n1 | r1n[1-2],r2n1",
        "alpha beta | alpha,beta",
      })
  void foldsAndExpandsAgain(String names, String folded) {
    List<String> list = List.of(names.split(" ", -1));
    assertThat(NodeSet.fold(list)).isEqualTo(folded);
    assertThat(NodeSet.expand(folded, 100)).containsExactlyInAnyOrderElementsOf(list);
  }

  @Test
  void aThousandNodesFitOnALine() {
    List<String> names = IntStream.rangeClosed(1, 1000).mapToObj("web%04d"::formatted).toList();
    assertThat(NodeSet.fold(names)).isEqualTo("web[0001-1000]");
  }

  @Test
  void whateverIsFoldedExpandsToTheSame() {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      var names = new TreeSet<String>();
      for (int i = random.nextInt(1, 40); i > 0; i--) {
        names.add(randomName(random));
      }
      assertThat(new TreeSet<>(NodeSet.expand(NodeSet.fold(names), 100)))
          .as("seed %d, names %s", seed, names)
          .isEqualTo(names);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web[1-3",
        "web]1[",
        "web[a-b]",
        "web[3-1]",
        "web[1-2-3]",
        "web[[1]]",
        "web[1-99999999]",
        "a(b)"
      })
  void saysWhatIsWrong(String text) {
    assertThatThrownBy(() -> NodeSet.expand(text, 1000))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String randomName(SplittableRandom random) {
    var parts = new ArrayList<String>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      parts.add(
          switch (random.nextInt(4)) {
            case 0 -> "web";
            case 1 -> Integer.toString(random.nextInt(30));
            case 2 -> "%03d".formatted(random.nextInt(30));
            default -> ".é-";
          });
    }
    return String.join("", parts);
  }
}
