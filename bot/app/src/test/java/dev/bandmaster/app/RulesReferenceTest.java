package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule that a test is named after is on the page, and each on the page has a test. */
class RulesReferenceTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  /** A method whose name begins with rules: {@code approvalP6_trapGithub_oneOfManyIsNotEnough}. */
  private static final Pattern TEST = Pattern.compile("\\bvoid ([a-z]\\w*_\\w*)\\(");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\|");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  /** What may stand behind the first rule: a second one. */
  private static final Pattern SECOND = Pattern.compile("[a-z]+[A-Z]\\d+|trap(?:\\d+|[A-Z]\\w*)");

  @Test
  void thePageAndTheTestsNameTheSameRules() throws IOException {
    Set<String> onThePage =
        ROW.matcher(Files.readString(ROOT.resolve("docs/reference/rules.md")))
            .results()
            .flatMap(row -> NAME.matcher(row.group(1)).results())
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> tested = tested();
    assertThat(tested).hasSizeGreaterThan(100);
    assertThat(minus(tested, onThePage)).as("rules of tests that the page lacks").isEmpty();
    assertThat(minus(onThePage, tested)).as("rules of the page without a test").isEmpty();
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static Set<String> tested() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(RulesReferenceTest::isTest).toList()) {
        TEST.matcher(Files.readString(file))
            .results()
            .map(test -> test.group(1).split("_"))
            .forEach(words -> {
              names.add(words[0]);
              Stream.of(words)
                  .skip(1)
                  .filter(word -> SECOND.matcher(word).matches())
                  .forEach(names::add);
            });
      }
    }
    return names;
  }

  private static boolean isTest(Path file) {
    String path = ROOT.relativize(file).toString();
    return path.endsWith(".java") && path.contains("src/test/java/") && !path.startsWith("target/");
  }
}
