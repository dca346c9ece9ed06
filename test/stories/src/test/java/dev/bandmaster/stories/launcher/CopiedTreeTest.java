package dev.bandmaster.stories.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A built source tree is copied, moved or made read-only, and starts without a build. The tree has
 * the real launcher, one small program in the place of the bot, and a Maven that counts its builds.
 * Needs bash.
 */
@Tag("real")
final class CopiedTreeTest {
  private static final Path HOME =
      Path.of(System.getProperty("basedir", ".")).resolve("../..").toAbsolutePath().normalize();

  /** Says which command it was started for and from which jar. */
  private static final String PROGRAM =
      """
      package dev.bandmaster.app;

      public class Main {
        public static void main(String[] arguments) {
          System.out.println(arguments[0] + " from " + System.getProperty("java.class.path"));
        }
      }
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      while [[ $# -gt 0 && $1 != -f ]]; do shift; done
      root=$(dirname "$2")
      echo built >>"$(dirname "$0")/../builds"
      cd "$root/bot/app"
      mkdir -p target/classes
      "$JAVA_HOME/bin/javac" -d target/classes src/main/java/dev/bandmaster/app/Main.java
      "$JAVA_HOME/bin/jar" --create --file "target/bandmaster-app-$(<"$root/bot/app/version").jar" -C target/classes .
      : >target/classpath
      """;

  @TempDir private Path folder;
  private Path tree;

  @BeforeEach
  void buildTheTree() throws Exception {
    folder = folder.toRealPath();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    tree = Files.createDirectory(folder.resolve("tree"));
    for (String shared : List.of("bandmaster", "scripts", "pom.xml")) {
      run(folder, List.of("cp", "-r", HOME.resolve(shared).toString(), tree.toString()));
    }
    write(tree.resolve("bot/app/src/main/java/dev/bandmaster/app/Main.java"), PROGRAM);
    write(tree.resolve("bot/app/pom.xml"), "<project/>\n");
    write(
        tree.resolve("bot/app/version"),
        run(folder, List.of("tree/bandmaster", "--version")).strip().replace("bandmaster ", ""));
    Path maven = write(folder.resolve("maven/bin/mvn"), MAVEN);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(start(tree, "manifest")).contains("manifest from " + tree);
    assertThat(builds()).isOne();
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("maven/builds")).size();
  }

  private String start(Path home, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bandmaster").toString()));
    command.addAll(List.of(arguments));
    return run(folder, command);
  }

  private String run(Path from, List<String> command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(from.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "MAVEN_HOME",
                folder.resolve("maven").toString()));
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  /** A copy in which every file is new, in the place of the tree. */
  private Path copy() throws Exception {
    Path copy = folder.resolve("copy");
    run(folder, List.of("cp", "-r", tree.toString(), copy.toString()));
    run(folder, List.of("find", copy.toString(), "-name", "*.java", "-exec", "touch", "{}", "+"));
    run(folder, List.of("rm", "-r", tree.toString()));
    return copy;
  }

  @Test
  void aCopiedTreeStartsWithoutABuild() throws Exception {
    Path copy = copy();

    assertThat(start(copy, "help")).contains("manifest ");
    assertThat(start(copy, "manifest"))
        .contains("manifest from " + copy)
        .doesNotContain("Building");
    assertThat(start(copy, "keys")).contains("keys from " + copy);
    assertThat(builds()).isOne();
  }

  @Test
  void aMovedTreeStartsWithoutABuild() throws Exception {
    Path moved = Files.move(tree, folder.resolve("with a space"));

    assertThat(start(moved, "manifest")).contains("manifest from " + moved);
    assertThat(builds()).isOne();
  }

  @Test
  void aTreeThatMayNotBeWrittenStartsWithoutABuild() throws Exception {
    Path copy = copy();
    run(folder, List.of("chmod", "-R", "a-w,a+rX", copy.toString()));
    List<String> command = new ArrayList<>();
    if (run(folder, List.of("id", "-u")).strip().equals("0")) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.addAll(List.of(copy.resolve("bandmaster").toString(), "manifest"));

    assertThat(run(folder, command)).contains("manifest from " + copy);
    assertThat(builds()).isOne();
    run(folder, List.of("chmod", "-R", "u+w", copy.toString()));
  }

  @Test
  void aSourceThatIsChangedInACopyIsBuilt() throws Exception {
    Path copy = copy();
    write(
        copy.resolve("bot/app/src/main/java/dev/bandmaster/app/Main.java"),
        PROGRAM.replace(" from ", " anew from "));

    assertThat(start(copy, "manifest")).contains("Building", "manifest anew from " + copy);
    assertThat(start(copy, "manifest")).doesNotContain("Building");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aSourceThatIsDeletedInACopyIsBuilt() throws Exception {
    write(tree.resolve("bot/app/src/main/resources/more.txt"), "more");
    start(tree, "manifest");
    Path copy = copy();
    Files.delete(copy.resolve("bot/app/src/main/resources/more.txt"));

    assertThat(start(copy, "manifest")).contains("Building");
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void theFastStartIsPreparedOnceMoreInAnotherPlace() throws Exception {
    String preparing = "Preparing a fast start";
    assertThat(start(tree, "run")).contains(preparing, "run from");
    assertThat(start(tree, "run")).doesNotContain(preparing);

    Path copy = copy();
    assertThat(start(copy, "run"))
        .contains(preparing, "run from " + copy)
        .doesNotContain("[error]");
    assertThat(start(copy, "run")).doesNotContain(preparing).doesNotContain("warning");
    assertThat(builds()).isOne();
  }
}
