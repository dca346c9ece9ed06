package dev.bandmaster.yaml;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:-default}} from the environment; a doubled dollar sign
 * keeps the brace from being read. Values only, never keys; what is filled in stays text and is not
 * read as YAML.
 */
final class Interpolation {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?}|\\$\\{");

  private Interpolation() {}

  static Optional<String> fill(String text, Value value, Environment environment) {
    if (!text.contains("${")) {
      return Optional.of(text);
    }
    var filled = new StringBuilder();
    var matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      var replacement = replacement(matcher.toMatchResult(), value, environment);
      if (replacement.isEmpty()) {
        return Optional.empty();
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(replacement.get()));
    }
    return Optional.of(matcher.appendTail(filled).toString());
  }

  private static Optional<String> replacement(
      MatchResult found, Value value, Environment environment) {
    if (found.group().equals("$${")) {
      return Optional.of("${");
    }
    var name = Optional.ofNullable(found.group(1));
    if (name.isEmpty()) {
      return value.refuse(
          "contains a '${' that is not '${NAME}' or '${NAME:-default}'; write '$${' "
              + "for a literal '${'");
    }
    return environment
        .get(name.get())
        .filter(set -> !set.isEmpty())
        .or(() -> Optional.ofNullable(found.group(2)))
        .or(() ->
            value.refuse(
                "needs the environment variable %1$s, which is not set; set it, or write ${%1$s:-default}"
                    .formatted(name.get())));
  }
}
