package dev.bandmaster.config;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.bandmaster.yaml.Description;
import dev.bandmaster.yaml.SectionReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code docs/reference/configuration.md} from the readers' own words. */
final class ConfigurationReference {
  private static final String OPENING =
      """
      # Configuration

      <!-- Generated from the program; do not edit. A test compares this page with what the program
      says and tells how to write it anew. -->

      The bot reads `bandmaster.yaml`, an agent reads `agent.yaml`. Copies with comments are in
      `config/`. Who may do what stands in `policy.yaml`, see [policy](policy.md).

      ## How values are written

      - A file with a mistake is refused as a whole, and every mistake in it is reported with its line:
        `bandmaster.yaml:12: unknown key 'chanels' in 'slack'; did you mean 'channels'?`
      - A **duration** is a number and one of `ms`, `s`, `m`, `h`, `d`: `90s`. A **size** is a number
        and one of `B`, `KiB`, `MiB`, `GiB`.
      - A **secret** stands in exactly one of three places: `token: …` in the file itself,
        `token_file: …` in a file (only its owner should be able to read it), or `token_env: …` in an
        environment variable. Two of them at once are a mistake. Secrets are never shown.
      - `${NAME}` in a value is filled in from the environment, `${NAME:-default}` says what to take
        when it is not set or empty, `$${` writes a plain `${`. What is filled in stays text; keys are
        not filled in.
      - A **file or folder** that does not begin with `/` starts at the folder of the file that names it.
      - A list that is there is not empty; to say "none", leave the key out.
      """;

  private ConfigurationReference() {}

  static String page() {
    return OPENING
        + file("bandmaster.yaml", "The bot.", BotConfig::read)
        + file("agent.yaml", "An agent, one on each server.", AgentConfig::read);
  }

  private static String file(String name, String what, SectionReader<?> reader) {
    var page = new StringBuilder("\n## %s\n\n%s\n".formatted(name, what));
    Map<String, List<Description.Entry>> sections =
        Description.of(reader).stream()
            .collect(groupingBy(Description.Entry::section, LinkedHashMap::new, toList()));
    sections.forEach((path, entries) -> page.append(section(path, entries)));
    return page.toString();
  }

  private static String section(String path, List<Description.Entry> entries) {
    var text = new StringBuilder();
    if (!path.isEmpty()) {
      text.append("\n### `%s`\n".formatted(path));
    }
    text.append("\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (var entry : entries) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  entry.key(), entry.kind(), fallback(entry.fallback()), entry.description()));
    }
    return text.toString();
  }

  private static String fallback(String fallback) {
    return switch (fallback) {
      case "required" -> "**required**";
      case "optional", "", "[]", "{}" -> "–";
      case "see its keys", "all" -> fallback;
      default -> "`" + fallback + "`";
    };
  }
}
