package dev.bandmaster.acl;

import java.util.Map;
import java.util.Optional;

/** Patterns on parsed arguments, never on the text somebody typed. */
final class Arguments {
  private Arguments() {}

  /** Whether every named argument was given and matches. */
  static boolean match(Map<String, Scope> patterns, Request request) {
    return patterns.entrySet().stream()
        .allMatch(entry ->
            Optional.ofNullable(request.arguments().get(entry.getKey()))
                .filter(entry.getValue()::matches)
                .isPresent());
  }
}
