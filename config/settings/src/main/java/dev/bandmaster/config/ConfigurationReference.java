package dev.bandmaster.config;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.bandmaster.yaml.Description;
import dev.bandmaster.yaml.SectionReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code docs/reference/configuration.md} from the descriptions of the readers. */
final class ConfigurationReference {
  private static final String OPENING =
      """
      # Configuration

      <!-- Generated from the program; do not edit. A test compares it with the program and says how to
      regenerate it. -->

      The bot reads `bandmaster.yaml`, an agent reads `agent.yaml`. Commented examples are in `config/`.
      Permissions are in `policy.yaml`, see [policy](policy.md).

      ## How values are written

      - A file with an error is rejected as a whole, and every error is reported with its line:
        `bandmaster.yaml:12: unknown key 'chanels' in 'slack'; did you mean 'channels'?`
      - A **duration** is a number and one of `ms`, `s`, `m`, `h`, `d`: `90s`. A **size** is a number
        and one of `B`, `KiB`, `MiB`, `GiB`.
      - A **secret** is set in exactly one of three ways: `token: …` in the file itself, `token_file: …`
        names a file (readable by its owner only), `token_env: …` names an environment variable.
        Setting two of them is an error. Secrets are never shown.
      - `${NAME}` in a value is replaced by the environment variable, `${NAME:-default}` gives a default
        if it is unset or empty, and `$${` is a literal `${`. The replacement is always text; keys are
        not replaced.
      - A **file or folder** that does not begin with `/` is relative to the folder of the file that
        names it.
      - A list has at least one item; for "none", leave the key out.
      """;

  /** Kinds of ids without the form they have in a chat service. */
  private static final KnownNames ANY =
      new KnownNames(
          new ChatIds(
              new ChatIds.Form("a channel id", id -> true),
              new ChatIds.Form("a user id", id -> true),
              new ChatIds.Form("a group id", id -> true)),
          Map.of());

  private ConfigurationReference() {}

  static String page() {
    return OPENING
        + file("bandmaster.yaml", "The bot.", section -> BotConfig.read(section, ANY))
        + file("agent.yaml", "An agent; one runs on each server.", AgentConfig::read);
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
