package dev.bandmaster.yaml;

import java.util.Map;
import java.util.Optional;

/** Where {@code ${NAME}} and {@code …_env} keys look up their values. */
@FunctionalInterface
public interface Environment {
  Optional<String> get(String name);

  /** The environment of this process. */
  static Environment ofProcess() {
    return name -> Optional.ofNullable(System.getenv(name));
  }

  static Environment of(Map<String, String> variables) {
    var copy = Map.copyOf(variables);
    return name -> Optional.ofNullable(copy.get(name));
  }
}
