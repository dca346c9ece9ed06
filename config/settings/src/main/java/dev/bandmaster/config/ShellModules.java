package dev.bandmaster.config;

import java.util.List;
import java.util.Set;

/** Ansible's modules that hand their arguments to a shell, or run what they are given otherwise. */
final class ShellModules {
  private static final Set<String> SHELLS = Set.of("shell", "raw", "script", "expect");

  /** Completes the key's name to a sentence. */
  static final String REFUSED =
      "must not name shell, raw, script or expect: they hand text of people to a shell";

  private ShellModules() {}

  /** Whether none of these is one, with or without the name of a collection before it. */
  static boolean areAbsent(List<String> modules) {
    return modules.stream()
        .map(module -> module.substring(module.lastIndexOf('.') + 1))
        .noneMatch(SHELLS::contains);
  }
}
