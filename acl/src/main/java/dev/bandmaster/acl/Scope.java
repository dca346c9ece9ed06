package dev.bandmaster.acl;

import dev.bandmaster.model.Glob;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Actions, apps, environments or values of an argument, as patterns. Only {@code "*"} matches a
 * request that names none.
 */
public record Scope(List<Glob> patterns) {
  public Scope {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("an empty list matches nothing; \"*\" matches all");
    }
  }

  public boolean matches(String text) {
    for (Glob glob : patterns) {
      if (glob.pattern().equals("*") || (!text.isEmpty() && glob.matches(text))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a part of the action could be meant: {@code adhoc} when the pattern is {@code
   * adhoc:disk}.
   */
  boolean mayBeginWith(String action) {
    return matches(action)
        || patterns.stream().anyMatch(glob -> glob.pattern().startsWith(action + ":"));
  }

  public boolean isEverything() {
    return patterns.stream().anyMatch(glob -> glob.pattern().equals("*"));
  }

  /** As in a sentence: {@code staging, prod}. */
  public String inWords() {
    return isEverything()
        ? "everything"
        : patterns.stream().map(Glob::pattern).collect(Collectors.joining(", "));
  }
}
