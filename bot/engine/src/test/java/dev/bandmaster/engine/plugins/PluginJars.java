package dev.bandmaster.engine.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.Plugin;
import dev.bandmaster.plugin.PluginApi;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes plugins' jars from source, as a stranger would. */
final class PluginJars {
  private final Path folder;

  /** In a folder of the test's own. */
  PluginJars(Path folder) {
    this.folder = folder;
  }

  /** Of the example: all of the API. Put together, since a formatter reads them as this file's. */
  private static final String IMPORTS =
      Stream.of("dev.bandmaster.plugin.*", "dev.bandmaster.model.Data", "java.util.*")
          .map("    import %s;\n"::formatted)
          .collect(Collectors.joining());

  /** A plugin with one command whose plan is this Java expression or block. */
  static String source(String command, String members, String plan) {
    return
"""
    package example;
%s    public final class Example implements Plugin {
      static volatile PluginContext context;
      public List<CommandPlugin> commands(PluginContext given) {
        context = given;
        return List.of(new CommandPlugin() {
          public CommandDeclaration declaration() {
            return new CommandDeclaration("%s", List.of(), "says something", List.of(), List.of());
          }
          public Planned plan(Invocation invocation, PlanningContext planning) {
            %s
          }
          %s
        });
      }
    }
"""
        .formatted(IMPORTS, command, plan, members);
  }

  /** A plan that answers this. */
  static String says(String text) {
    return "return new Planned.Answer(Message.sentence(\"" + text + "\"));";
  }

  /** A jar of the class {@code example.Example} for this version of the API. */
  Path jar(Path file, String name, String version, String source) throws IOException {
    return jar(file, name, version, PluginApi.VERSION, Map.of("example.Example", source));
  }

  /** A jar of these classes, by name. */
  Path jar(Path file, String name, String version, String api, Map<String, String> sources)
      throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    compile(classes, sources);
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(PluginApi.NAME_ATTRIBUTE, name);
    main.putValue(PluginApi.VERSION_ATTRIBUTE, version);
    main.putValue(PluginApi.API_ATTRIBUTE, api);
    Map<String, byte[]> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        entries.put(classes.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
    entries.put(
        "META-INF/services/" + Plugin.class.getName(),
        "example.Example\n".getBytes(StandardCharsets.UTF_8));
    Path made = Files.createTempFile(folder, "jar", ".part");
    try (OutputStream out = Files.newOutputStream(made);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    }
    return Files.move(made, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static void compile(Path classes, Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> files =
        sources.entrySet().stream()
            .<JavaFileObject>map(entry ->
                new SimpleJavaFileObject(
                    URI.create("string:///" + entry.getKey().replace('.', '/') + ".java"),
                    JavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return entry.getValue();
                  }
                })
            .toList();
    StringWriter said = new StringWriter();
    boolean good =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString()),
                null,
                files)
            .call();
    assertThat(good).as("%s", said).isTrue();
  }
}
