package dev.bandmaster.app;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Plugin;
import dev.bandmaster.plugin.PluginApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a new plugin's project, from templates in the program.
 *
 * @param name the plugin's name, checked
 * @param folder where they are written
 */
record PluginProject(String name, Path folder) {

  /** {@code disk-report} becomes {@code DiskReport}. */
  private String className() {
    return Arrays.stream(name.split("-"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** A name of its own, so that no keyword of Java can be one of its parts. */
  private String packageName() {
    return "plugin_" + name.replace('-', '_');
  }

  /** A Maven project with a command, a presenter and a test, and the API that it needs. */
  void writeJar() throws IOException {
    Path main = folder.resolve("src/main/java").resolve(packageName());
    Path test = folder.resolve("src/test/java").resolve(packageName());
    write("jar/pom.xml", folder.resolve("pom.xml"));
    write("jar/README.md", folder.resolve("README.md"));
    write("jar/Plugin.java", main.resolve(className() + "Plugin.java"));
    write("jar/Command.java", main.resolve(className() + "Command.java"));
    write("jar/Presenter.java", main.resolve(className() + "Presenter.java"));
    write("jar/Test.java", test.resolve(className() + "Test.java"));
    Path services = folder.resolve("src/main/resources/META-INF/services");
    Files.createDirectories(services);
    Files.writeString(
        services.resolve(Plugin.class.getName()), packageName() + "." + className() + "Plugin\n");
    writeApi("bandmaster-model", Data.class, "");
    writeApi(
        "bandmaster-plugin-api",
        Plugin.class,
        """
          <dependencies>
            <dependency>
              <groupId>dev.bandmaster</groupId>
              <artifactId>bandmaster-model</artifactId>
              <version>%s</version>
            </dependency>
          </dependencies>
        """
            .formatted(PluginApi.VERSION));
  }

  /** A script with its test. */
  void writeScript() throws IOException {
    write("script/README.md", folder.resolve("README.md"));
    write("script/test.sh", folder.resolve("test.sh"));
    writeProgram("script/script.py");
  }

  /** An agent module with its schema and its test. */
  void writeAgentModule() throws IOException {
    write("agent/README.md", folder.resolve("README.md"));
    write("agent/test.sh", folder.resolve("test.sh"));
    write("agent/schema.json", folder.resolve(name + ".schema.json"));
    writeProgram("agent/module.py");
  }

  private void writeProgram(String template) throws IOException {
    Path program = folder.resolve(name + ".py");
    write(template, program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String template, Path file) throws IOException {
    try (InputStream in = PluginProject.class.getResourceAsStream("/new-plugin/" + template)) {
      if (in == null) {
        throw new IOException("the template " + template + " is missing in this build");
      }
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(
          file,
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("__NAME__", name)
              .replace("__CLASS__", className())
              .replace("__PACKAGE__", packageName())
              .replace("__API_LEVEL__", PluginApi.VERSION)
              .replace("__API__", PluginApi.VERSION));
    }
  }

  /** Puts a module of ours into the project's own Maven repository. */
  private void writeApi(String artifact, Class<?> member, String dependencies) throws IOException {
    Path target = folder.resolve("api/dev/bandmaster").resolve(artifact).resolve(PluginApi.VERSION);
    Files.createDirectories(target);
    String file = artifact + "-" + PluginApi.VERSION;
    Files.writeString(
        target.resolve(file + ".pom"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>dev.bandmaster</groupId>
          <artifactId>%s</artifactId>
          <version>%s</version>
        %s</project>
        """
            .formatted(artifact, PluginApi.VERSION, dependencies));
    Path classes = origin(member);
    Path jar = target.resolve(file + ".jar");
    if (Files.isRegularFile(classes)) {
      Files.copy(classes, jar);
    } else {
      pack(classes, jar);
    }
  }

  /** The jar or the folder from which this program has a class. */
  private static Path origin(Class<?> member) throws IOException {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the plugin API is not found in this build", e);
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
  }
}
