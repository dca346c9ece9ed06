package dev.bandmaster.stories.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher answers by itself, before anything is built. Needs bash. */
@Tag("real")
final class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("basedir", ".")).resolve("../../bandmaster").toAbsolutePath();

  @TempDir private Path folder;

  /** What a launcher that ended has left behind. */
  private record Ended(int code, String output) {}

  private Ended launch(Path launcher, String... arguments) throws Exception {
    Process process = start(launcher, arguments);
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  @Test
  void helpNamesEveryCommand() throws Exception {
    Ended ended = launch(LAUNCHER, "help");

    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .contains("demo ", "run ", "agent ", "simulator ", "check ", "test ", "package ");
  }

  @Test
  void withoutACommandItHelps() throws Exception {
    assertThat(launch(LAUNCHER)).isEqualTo(launch(LAUNCHER, "help"));
  }

  @ParameterizedTest
  @CsvSource({"rnu,run", "dmeo,demo", "agnet,agent", "pacakge,package", "simulater,simulator"})
  void mistypedCommandIsRefusedWithASuggestion(String typed, String meant) throws Exception {
    Ended ended = launch(LAUNCHER, typed);

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.output())
        .contains("unknown command \"" + typed + "\"")
        .contains("Did you mean \"" + meant + "\"?");
  }

  @ParameterizedTest
  @CsvSource({"xyzzy", "'; id'", "'*'", "'$(id)'", "-n"})
  void unlikeAnythingItIsRefusedWithoutASuggestion(String typed) throws Exception {
    Ended ended = launch(LAUNCHER, typed);

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.output()).contains("unknown command").doesNotContain("Did you mean");
  }

  @Test
  void startsThroughSymbolicLinksFromAnyFolder() throws Exception {
    Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), LAUNCHER);
    Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("absolute"));

    assertThat(launch(relative, "help")).isEqualTo(launch(LAUNCHER, "help"));
    assertThat(launch(absolute, "--version").output()).startsWith("bandmaster ");
  }

  @Test
  void testRefusesAnUnknownOptionBeforeItStartsAnything() throws Exception {
    Ended ended = launch(LAUNCHER, "test", "--modul", "bot");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.output()).contains("unknown option \"--modul\"");
  }

  @Test
  void longTestsAreAskedForByAnOption() throws Exception {
    Ended ended = launch(LAUNCHER, "test", "--long", "--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.output())
        .contains("[--long]", "--long               also run the long forms of tests");
  }

  @Test
  void theSlowestClassesOfARunAreNamedBeforeItsCounts() throws Exception {
    Path reports = Files.createDirectories(folder.resolve("module/target/surefire-reports"));
    for (int i = 1; i <= 21; i++) {
      Files.writeString(
          reports.resolve("TEST-Class" + i + ".xml"),
          "<testsuite name=\"x.Class%d\" time=\"1,%03d.5\" tests=\"2\" failures=\"0\">"
              .formatted(i, i));
    }
    Process process =
        new ProcessBuilder(
                "bash",
                "-euo",
                "pipefail",
                "-c",
                "root=$2 oldest_java=25; source \"$2/scripts/test.sh\"; root=$1; print_slowest; report 0 42 0 0",
                "test",
                folder.toString(),
                LAUNCHER.resolveSibling("").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    List<String> lines = output.lines().toList();
    assertThat(lines).hasSize(23);
    assertThat(lines.getFirst()).startsWith("The 20 slowest test classes");
    assertThat(lines.get(1)).isEqualTo("  1021.5 s     2  x.Class21");
    assertThat(lines.get(20)).isEqualTo("  1002.5 s     2  x.Class2");
    assertThat(lines.getLast()).isEqualTo("bandmaster: 42 passed, 0 failed, 0 skipped");
  }
}
