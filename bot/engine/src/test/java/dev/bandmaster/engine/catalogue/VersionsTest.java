package dev.bandmaster.engine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class VersionsTest {
  private static final Logger LOG = LoggerFactory.getLogger(VersionsTest.class);
  private static final List<String> IN_ORDER =
      List.of(
          "0.9",
          "1.4-alpha",
          "1.4-rc1",
          "1.4-rc2",
          "1.4-rc10",
          "1.4beta2",
          "1.4rc1",
          "1.4",
          "1.4.0",
          "1.4.1",
          "1.4.2",
          "1.9",
          "1.10",
          "1.10.1",
          "2",
          "2026.05.04",
          "2026.10.1");

  @Test
  void numbersCountAsNumbersAndCandidatesComeBeforeTheirRelease() {
    for (int i = 0; i < IN_ORDER.size(); i++) {
      for (int j = 0; j < IN_ORDER.size(); j++) {
        assertThat(Integer.signum(Versions.OLDEST_FIRST.compare(IN_ORDER.get(i), IN_ORDER.get(j))))
            .as("%s and %s", IN_ORDER.get(i), IN_ORDER.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void theOrderIsOneWhateverIsCompared() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random versions with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    List<String> versions = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      StringBuilder version = new StringBuilder();
      int length = 1 + random.nextInt(4);
      for (int part = 0; part < length; part++) {
        version.append(List.of("1", "2", "10", "rc", "-", ".", "a").get(random.nextInt(7)));
      }
      versions.add(version.toString());
    }
    for (String a : versions) {
      for (String b : versions) {
        int ab = Versions.OLDEST_FIRST.compare(a, b);
        assertThat(Integer.signum(Versions.OLDEST_FIRST.compare(b, a)))
            .as("seed %d: %s and %s", seed, a, b)
            .isEqualTo(-Integer.signum(ab));
        for (String c : versions) {
          if (ab <= 0 && Versions.OLDEST_FIRST.compare(b, c) <= 0) {
            assertThat(Versions.OLDEST_FIRST.compare(a, c))
                .as("seed %d: %s, %s, %s", seed, a, b, c)
                .isNotPositive();
          }
        }
      }
    }
  }

  @Test
  void theNewestComesFirst() {
    List<String> shuffled = new ArrayList<>(IN_ORDER);
    Collections.shuffle(shuffled, new Random(7));
    shuffled.sort(Versions.NEWEST_FIRST);
    assertThat(shuffled).isEqualTo(IN_ORDER.reversed());
  }

  @Test
  void aVeryLongNumberIsANumber() {
    assertThat(Versions.OLDEST_FIRST.compare("1." + "9".repeat(90), "1.1" + "0".repeat(90)))
        .isNegative();
  }
}
