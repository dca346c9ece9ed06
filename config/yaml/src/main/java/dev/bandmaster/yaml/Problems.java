package dev.bandmaster.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong while a file is read. Used by one thread. */
final class Problems {
  private static final Comparator<Problem> FILE_ORDER =
      Comparator.comparingInt((Problem problem) -> problem.position().line())
          .thenComparingInt(problem -> problem.position().column());

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final int most;

  Problems(int most) {
    this.most = most;
  }

  void error(Position position, String sentence) {
    var problem = new Problem(position, sentence);
    if (errors.size() < most && !errors.contains(problem)) {
      errors.add(problem);
    }
  }

  void warning(Position position, String sentence) {
    if (warnings.size() < most) {
      warnings.add(new Problem(position, sentence));
    }
  }

  List<Problem> warnings() {
    return warnings.stream().sorted(FILE_ORDER).toList();
  }

  /**
   * @throws BadConfigException when anything was wrong
   */
  void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new BadConfigException(errors.stream().sorted(FILE_ORDER).toList());
    }
  }
}
