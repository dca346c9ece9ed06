package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.PluginApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects that the bot writes work as they are. */
class NewPluginCommandTest {
  @TempDir private Path temporary;

  private int run(String... arguments) {
    List<String> line = new ArrayList<>(List.of("new-plugin", "--into", temporary.toString()));
    line.addAll(List.of(arguments));
    return Main.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(line.toArray(String[]::new));
  }

  private static Path jar(Path api, String name) {
    return api.resolve("%1$s/%2$s/%1$s-%2$s.jar".formatted(name, PluginApi.VERSION));
  }

  private static List<String> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).map(Path::toString).toList();
    }
  }

  @Test
  void pluginV6_theProjectOfAJarCompilesAgainstItsOwnApiAndPassesItsTest() throws Exception {
    assertThat(run("disk-report")).isZero();
    Path project = temporary.resolve("disk-report");
    Path classes = Files.createDirectories(project.resolve("target/classes"));
    Path api = project.resolve("api/dev/bandmaster");
    List<String> words =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                jar(api, "bandmaster-plugin-api")
                    + ":"
                    + jar(api, "bandmaster-model")
                    + ":"
                    + System.getProperty("java.class.path")));
    words.addAll(javaFiles(project.resolve("src")));
    int compiled =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    assertThat(compiled).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, NewPluginCommandTest.class.getClassLoader())) {
      Constructor<?> constructor =
          loader.loadClass("plugin_disk_report.DiskReportTest").getDeclaredConstructor();
      constructor.setAccessible(true);
      Object test = constructor.newInstance();
      Method method = test.getClass().getDeclaredMethod("theFullestDiskIsShown");
      method.setAccessible(true);
      assertThat(method.invoke(test)).isNull();
    }
  }

  @Test
  void pluginV6_theProjectUsesTheVersionsThatWeUse() throws IOException {
    assertThat(run("disk-report")).isZero();
    String ours = Files.readString(Path.of("../../pom.xml"));
    assertThat(Files.readString(temporary.resolve("disk-report/pom.xml")))
        .contains("<version>" + version(ours, "junit.version") + "</version>")
        .contains("<version>" + version(ours, "assertj.version") + "</version>")
        .contains("<Bandmaster-Plugin>disk-report</Bandmaster-Plugin>");
  }

  private static String version(String pom, String property) {
    int from = pom.indexOf("<" + property + ">") + property.length() + 2;
    return pom.substring(from, pom.indexOf('<', from));
  }

  @ParameterizedTest
  @CsvSource({"--script", "--agent-module"})
  void pluginV6_theOtherProjectsPassTheirTests(String kind) throws Exception {
    assertThat(run("disk-report", kind)).isZero();
    Process test =
        new ProcessBuilder("sh", "test.sh")
            .directory(temporary.resolve("disk-report").toFile())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("said").toFile())
            .start();
    int status = test.waitFor();
    assertThat(Files.readString(temporary.resolve("said"))).isEqualTo("disk-report: ok\n");
    assertThat(status).isZero();
  }

  @ParameterizedTest
  @CsvSource({"Disk, 2", "../disk, 2", "d, 2", "disk-, 2"})
  void pluginV6_aBadNameWritesNothing(String name, int status) throws IOException {
    assertThat(run(name)).isEqualTo(status);
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void pluginV6_aFolderWithFilesIsLeftAlone() throws IOException {
    Files.writeString(
        Files.createDirectories(temporary.resolve("disk-report")).resolve("mine"), "");
    assertThat(run("disk-report")).isEqualTo(1);
  }
}
