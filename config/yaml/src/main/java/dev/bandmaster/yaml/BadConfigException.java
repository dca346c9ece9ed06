package dev.bandmaster.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file was refused as a whole. The message is every problem, one a line, in file order. */
public final class BadConfigException extends RuntimeException {
  private final transient List<Problem> problems;

  public BadConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a refusal needs a reason");
    }
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
