package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/reference/commands.md} is made from what the commands of a bot declare. */
class CommandReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/commands.md");

  @TempDir private Path folder;

  @Test
  void peopleU6_thePageSaysWhatCanBeTyped() throws IOException {
    String page = page(declarations());
    if (Boolean.getBoolean("bandmaster.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("run: mvn -pl bot/app test -Dtest=CommandReferenceTest -Dbandmaster.regenerate=true")
        .content()
        .isEqualTo(page);
  }

  /** Those of a bot that has everything configured that brings commands. */
  private List<CommandDeclaration> declarations() throws IOException {
    Files.writeString(
        folder.resolve("policy.yaml"),
        "rules: [{id: r, effect: allow, who: \"*\", where: \"*\", actions: [help], apps: \"*\", envs: \"*\"}]");
    Path file =
        Files.writeString(
            folder.resolve("bandmaster.yaml"),
            """
            slack: {app_token: xapp-1, bot_token: xoxb-1, api_url: "http://127.0.0.1:1/"}
            bus: {uri: "amqp://guest:guest@127.0.0.1:1/", keys: keys}
            store: {sqlite: {file: bandmaster.db}}
            policy: policy.yaml
            web: {bind: 127.0.0.1, port: 0}
            api: {}
            environments:
              staging: {protected: false}
              lab: {protected: false, backend: {kind: bootstrapper, url: "http://127.0.0.1:1/"}}
            """);
    try (Bot bot =
        Bot.start(ConfigFile.load(file), InstantSource.system(), new Random(1), reason -> {})) {
      return bot.commands().stream()
          .sorted(Comparator.comparing(CommandDeclaration::name))
          .toList();
    }
  }

  private static String page(List<CommandDeclaration> declarations) {
    StringBuilder page =
        new StringBuilder(
            """
            # Commands

            Everything that can be typed to the bot, in a direct message, behind a mention or behind `/bandmaster`. `help`
            lists what you may use where you ask. Arguments may come in any order, and words of your own are understood too:
            [tutorial](../tutorial.md). This page is made from what the commands declare.

            """);
    for (CommandDeclaration declaration : declarations) {
      page.append("## `%s`\n\n".formatted(declaration.name()))
          .append(sentence(declaration.summary()))
          .append(
              declaration.aliases().isEmpty()
                  ? ""
                  : " Also: `%s`.".formatted(String.join("`, `", declaration.aliases())))
          .append("\n\n```\n%s\n```\n\n".formatted(declaration.usage()));
      if (!declaration.parameters().isEmpty()) {
        page.append("| | |\n|---|---|\n");
        for (Parameter parameter : declaration.parameters()) {
          page.append(
              "| `%s` | %s%s |\n"
                  .formatted(
                      parameter.name().replace("|", "\\|"),
                      parameter.help().replace("|", "\\|"),
                      parameter.required() ? "" : " (optional)"));
        }
        page.append('\n');
      }
      page.append("For example:\n\n```\n")
          .append(String.join("\n", declaration.examples()))
          .append("\n```\n\n");
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static String sentence(String summary) {
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }
}
