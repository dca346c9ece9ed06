package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.standard.StandardPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bot knows its commands by what they declare, and none of them by its name. */
class CommandNamesTest {

  /** Folders from which the bot is made. */
  private static final List<String> MODULES =
      List.of("core", "engine", "store", "slack", "backends", "app");

  /** Comments, characters, text blocks and strings, whichever begins first. */
  private static final Pattern TOKENS =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])+'|\"\"\".*?\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\"",
          Pattern.DOTALL);

  /**
   * Words of commands that the bot has itself too: {@code start 81} is about a job, {@code plugins
   * reload} about plugins.
   */
  private static final Set<String> OWN = Set.of("start", "stop", "reload");

  private static final Set<String> NAMES =
      StandardPlugins.all().stream()
          .flatMap(plugin -> names(plugin.declaration()))
          .filter(name -> !OWN.contains(name))
          .collect(Collectors.toUnmodifiableSet());

  private static Stream<String> names(CommandDeclaration declaration) {
    return Stream.concat(Stream.of(declaration.name()), declaration.aliases().stream());
  }

  /** A sentence for each string that is the name of a plugin's command. */
  private static List<String> named(String file, String source) {
    List<String> found = new ArrayList<>();
    Matcher tokens = TOKENS.matcher(source);
    while (tokens.find()) {
      if (tokens.group(1) != null && NAMES.contains(tokens.group(1))) {
        long line = source.substring(0, tokens.start()).lines().count();
        found.add(
            "%s, line %d: \"%s\" is the name of a command. Ask for what the command declares (CommandTraits), so that another command can be the same."
                .formatted(file, line, tokens.group(1)));
      }
    }
    return found;
  }

  @Test
  void houseDeclares_noSourceOfTheBotNamesACommandOfAPlugin() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    for (String module : MODULES) {
      Path sources = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> paths = Files.walk(sources)) {
        for (Path path : paths.filter(each -> each.toString().endsWith(".java")).toList()) {
          found.addAll(named(path.normalize().toString(), Files.readString(path)));
          files++;
        }
      }
    }
    assertThat(files).isGreaterThan(200);
    assertThat(found).isEmpty();
  }

  @Test
  void houseDeclares_aNameIsFoundInAStringAndNowhereElse() {
    assertThat(
            named(
                "A.java",
                """
                /** Like "ping". */
                char quote = '"'; // "ping" too
                String text = "say 'ping' or \\"ping\\"";
                boolean is = name.equals("deploy");
                """))
        .singleElement()
        .asString()
        .startsWith("A.java, line 4: \"deploy\" is the name of a command.");
    assertThat(named("A.java", "String block = \"\"\"\n\"ping\"\n\"\"\";")).isEmpty();
    assertThat(NAMES).contains("ping", "codeupdate", "deploy", "rollback");
  }
}
