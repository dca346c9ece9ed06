package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.engine.catalogue.Application;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.catalogue.ChecksumSource;
import dev.bandmaster.engine.catalogue.Environment;
import dev.bandmaster.model.Glob;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people type, and what comes of it: the lines of {@code typed/lines.txt}, where its form is
 * described. It is 14:00 on a Monday in Berlin.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedLinesTest {

  private static final Path LINES = Path.of("src/test/resources/typed/lines.txt");

  private static final Pattern REPEATED = Pattern.compile("\\{(.+?)\\*([0-9]+)}");

  private static final Set<String> REFUSED = Set.of("no", "ask");

  private final PipelineBench bench =
      new PipelineBench(Backends.of(InMemoryBackend.like(InstantSource.system())), catalogue());

  TypedLinesTest() {
    Map<String, String> all = new LinkedHashMap<>();
    catalogue().applications().forEach(name -> all.put(name, "1.4.1"));
    bench.join("web3", "staging", all);
    bench.join("staging", "staging", Map.of());
    bench.join("web9", "prod", all);
    bench.join("1.4.2", "prod", Map.of());
  }

  @AfterAll
  void close() {
    bench.store.close();
  }

  private static Catalogue catalogue() {
    Map<String, Application> applications = new LinkedHashMap<>();
    for (String name : List.of("web", "api", "status", "to", "prod")) {
      applications.put(name, application(List.of(), name.equals("web")));
    }
    applications.put("shop", application(List.of("staging"), false));
    return new Catalogue(
        Map.of(
            "staging", new Environment(false, Optional.empty()),
            "prod", new Environment(true, Optional.empty())),
        applications);
  }

  private static Application application(List<String> environments, boolean both) {
    return new Application(
        environments,
        List.of(new Glob("*")),
        "https://releases.example/{app}-{version}.tar.gz",
        new ChecksumSource.Listed(
            (both
                    ? Stream.of("1.4.2", "1.10.0", "2.0.0+build.5", "v3", "7", "v7")
                    : Stream.of("1.4.2", "1.10.0", "2.0.0+build.5", "v3"))
                .collect(Collectors.toMap(version -> version, version -> "a".repeat(64)))),
        Optional.empty());
  }

  static Stream<Arguments> lines() throws IOException {
    return Files.readAllLines(LINES).stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split(" => ", 2))
        .map(parts -> Arguments.of(parts[0], parts[1]));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void peopleU2_whatIsTypedComesToThis(String typed, String expected) {
    String actual = outcome(typed);
    if (expected.startsWith("no ") || expected.startsWith("says ")) {
      String kind = expected.substring(0, expected.indexOf(' ') + 1);
      assertThat(actual).startsWith(kind).contains(expected.substring(kind.length()));
    } else {
      assertThat(actual).isEqualTo(expected);
    }
    assertThat(actual).doesNotContain("Internal error");
  }

  @Test
  void peopleU2_theTableIsLongAndHasManyWrongLines() throws IOException {
    assertThat(lines()).hasSizeGreaterThan(400);
    assertThat(
            lines()
                .map(line -> String.valueOf(line.get()[1]).split(" ", 2)[0])
                .filter(REFUSED::contains))
        .hasSizeGreaterThan(200);
  }

  @Test
  void peopleU2_changesToAProtectedEnvironmentInFreeOrderAreConfirmedByAButton() {
    String canonical = "codeupdate prod web version=1.4.2";
    CommandResult asked = bench.run("deploy web 1.4.2 to prod").ending();
    assertThat(asked)
        .isInstanceOfSatisfying(
            CommandResult.Answered.class,
            answered -> {
              assertThat(PipelineBench.words(answered.message()))
                  .contains("This changes a protected environment: web 1.4.2 on 1 node in prod.");
              assertThat(buttons(answered.message()))
                  .extracting(Button::action, Button::value)
                  .containsExactly(tuple(Confirm.ACTION, canonical));
            });
    assertThat(bench.run(canonical).ending())
        .as("in the order of the usage it is exact")
        .isInstanceOf(CommandResult.Opened.class);
    assertThat(bench.says(SampleJobs.ANN, canonical, CommandRequest.Manner.CONFIRMED))
        .isInstanceOf(CommandResult.Opened.class);
    assertThat(bench.run(canonical).ending())
        .as("the same is on its way already")
        .isInstanceOf(CommandResult.Answered.class);
    assertThat(bench.run("deploy web 1.4.2 to staging").ending())
        .isInstanceOf(CommandResult.Opened.class);
  }

  private String outcome(String typed) {
    return switch (bench.run(text(typed)).ending()) {
      case CommandResult.Opened(Job job, var _, var _) -> "runs " + job.canonical();
      case CommandResult.Answered answered ->
          buttons(answered.message())
              .filter(button -> button.action().equals(Confirm.ACTION))
              .findFirst()
              .map(button -> "confirm " + button.value())
              .orElseGet(() -> "says " + oneLine(PipelineBench.words(answered.message())));
      case CommandResult.Refused refused when !refused.suggestions().isEmpty() ->
          "ask " + String.join(" | ", refused.suggestions());
      case CommandResult.Refused refused -> "no " + oneLine(refused.reason());
    };
  }

  private static Stream<Button> buttons(Message message) {
    return message.blocks().stream()
        .flatMap(block ->
            block instanceof Message.Buttons(List<Button> buttons)
                ? buttons.stream()
                : Stream.empty());
  }

  private static String oneLine(String text) {
    return text.replace("\n", " ");
  }

  /** The line as it was typed. */
  private static String text(String typed) {
    return REPEATED
        .matcher(typed.replace("\\n", "\n"))
        .replaceAll(found ->
            Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
  }
}
