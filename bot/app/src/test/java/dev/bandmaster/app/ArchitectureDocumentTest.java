package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the architecture page says of packages, stages, threads and files is so. */
class ArchitectureDocumentTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/architecture.md");
  private static final Pattern ANCHOR = Pattern.compile("]\\(([^)#\\s:]*)#([^)\\s]+)\\)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|");
  private static final List<String> MODULES =
      List.of("core", "store", "slack", "backends", "engine", "app", "http-server");

  @Test
  void everyLinkOfEveryPageLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(Files.readString(page))) {
        if (!Files.exists(page.resolveSibling(link))) {
          broken.add(ROOT.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyLinkToASectionLeadsToItsHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (MatchResult link : ANCHOR.matcher(Files.readString(page)).results().toList()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        if (target.toString().endsWith(".md") && !anchors(target).contains(link.group(2))) {
          broken.add(ROOT.relativize(page) + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPackageOfTheBotIsInTheTable() throws IOException {
    TreeSet<String> packages = new TreeSet<>();
    for (String module : MODULES) {
      Path sources = ROOT.resolve("bot").resolve(module).resolve("src/main/java/dev/bandmaster");
      for (Path file : javaFiles(sources)) {
        packages.add(sources.relativize(file.getParent()).toString().replace('/', '.'));
      }
    }
    assertThat(packages).hasSizeGreaterThan(30);
    assertThat(cells(section("### The packages of the bot"))).hasSameElementsAs(packages);
  }

  @Test
  void theStagesOfThePipelineStandInItsOrder() throws IOException {
    String pipeline =
        Files.readString(
            ROOT.resolve("bot/engine/src/main/java/dev/bandmaster/engine/pipeline/Pipeline.java"));
    Map<String, String> types = new LinkedHashMap<>();
    Pattern.compile("private final (\\w+) (\\w+);")
        .matcher(pipeline)
        .results()
        .forEach(field -> types.put(field.group(2), field.group(1)));
    List<String> stages =
        Pattern.compile("(\\w+)\\s*\\.apply\\(|\\.then\\((\\w+)\\)")
            .matcher(pipeline)
            .results()
            .map(call -> call.group(1) == null ? call.group(2) : call.group(1))
            .filter(types::containsKey)
            .map(types::get)
            .toList();
    assertThat(stages).hasSizeGreaterThan(10).hasSameElementsAs(types.values());

    List<String> rows =
        section("## The way of a command")
            .lines()
            .filter(line -> line.startsWith("| **"))
            .map(ArchitectureDocumentTest::firstFile)
            .toList();
    assertThat(rows).containsSubsequence(stages);
    assertThat(rows.indexOf(stages.getLast()) - rows.indexOf(stages.getFirst()))
        .as("no other stage between them")
        .isEqualTo(stages.size() - 1);
  }

  @Test
  void everyListOfFilesToAddNamesSome() throws IOException {
    for (String list : List.of("### Add a command", "### Add a backend", "### Add a chat")) {
      List<String> files = links(section(list));
      assertThat(files).as(list).hasSizeGreaterThanOrEqualTo(3);
      assertThat(files).as(list).allSatisfy(file -> assertThat(PAGE.resolveSibling(file)).exists());
    }
  }

  @Test
  void everyThreadHasItsNameInTheSources() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String folder : List.of("bot", "backend-client")) {
      for (Path file : javaFiles(ROOT.resolve(folder))) {
        if (file.toString().contains("/src/main/")) {
          sources.append(Files.readString(file));
        }
      }
    }
    List<String> names =
        section("## Threads")
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .flatMap(cell -> matches("`([a-z]+(?:-[a-z]+)*)", cell))
            .toList();
    String text = sources.toString();
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names).filteredOn(name -> !text.contains("\"" + name)).isEmpty();
  }

  /** The headings of a page as links name them. */
  private static List<String> anchors(Path page) throws IOException {
    return matches("^#+ (.+)$", Files.readString(page))
        .map(heading ->
            heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static String firstFile(String row) {
    return matches("\\[`(\\w+)`\\]\\(", row).findFirst().orElse(row);
  }

  private static List<String> cells(String section) {
    return matches(FIRST_CELL.pattern(), section).toList();
  }

  private static Stream<String> matches(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(match -> match.group(1));
  }

  /** A section of the page, up to the next heading of its level or a higher one. */
  private static String section(String heading) throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("\n" + heading + "\n");
    assertThat(begin).as(heading).isPositive();
    int level = heading.indexOf(' ');
    int end =
        Pattern.compile("(?m)^#{1," + level + "} ")
            .matcher(page)
            .results()
            .mapToInt(MatchResult::start)
            .filter(start -> start > begin + 1)
            .findFirst()
            .orElse(page.length());
    return page.substring(begin, end);
  }

  /** Where the links of a page lead, without those to other sites. */
  private static List<String> links(String page) {
    return LINK.matcher(page)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains(":"))
        .toList();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String page : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(ROOT.resolve(page));
    }
    pages.addAll(files(ROOT.resolve("docs"), ".md"));
    assertThat(pages).hasSizeGreaterThan(15);
    return pages;
  }

  private static List<Path> javaFiles(Path folder) {
    return files(folder, ".java");
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
