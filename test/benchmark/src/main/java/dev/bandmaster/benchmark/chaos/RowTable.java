package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Ordeals as lines for a terminal. */
final class RowTable {
  private static final String HEAD =
      "  %-34s %6s %8s %8s %5s %10s %10s %10s %9s %12s%n"
          .formatted(
              "what was broken",
              "faults",
              "commands",
              "untaken",
              "lost",
              "unexpected",
              "duplicated",
              "post twice",
              "recovered",
              "slowest");

  private RowTable() {}

  static String head() {
    return HEAD;
  }

  static String line(Row row) {
    Verdict verdict = row.verdict();
    return String.format(
        Locale.ROOT,
        "  %-34s %6d %8d %8d %5d %10d %10d %10d %9d %10.1f s%n",
        row.ordeal(),
        verdict.faults(),
        verdict.asked(),
        verdict.unacknowledged(),
        verdict.lost().size(),
        verdict.unexpected().size(),
        verdict.duplicated().size(),
        verdict.repeatedPosts(),
        verdict.recovered(),
        verdict.slowestRecovery().toMillis() / 1e3);
  }

  /** The sentences behind the numbers that should be 0. */
  static List<String> complaints(Row row) {
    Verdict verdict = row.verdict();
    return Stream.of(verdict.lost(), verdict.unexpected(), verdict.duplicated())
        .flatMap(List::stream)
        .toList();
  }
}
