package dev.bandmaster.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The API against the signatures that were published under its version. What plugins use must not
 * go within a major version; what is new needs a new minor version.
 */
class ApiCompatibilityTest {
  private static final Path BASELINE =
      Path.of("src/test/resources/api-" + PluginApi.VERSION + ".txt");

  private static final String HOW =
      "run this test with -Dbandmaster.regenerate=true and commit " + BASELINE;

  /** What plugins implement: a new method without a body breaks those that exist. */
  private static final List<Class<?>> IMPLEMENTED =
      List.of(Plugin.class, CommandPlugin.class, Presenter.class);

  private static NavigableSet<String> signatures() throws IOException {
    NavigableSet<String> lines = new TreeSet<>();
    for (Class<?> type : types()) {
      lines.add(
          Modifier.toString(type.getModifiers() & ~Modifier.STRICT)
              + " "
              + type.getName()
              + (type.getInterfaces().length == 0
                  ? ""
                  : Stream.of(type.getInterfaces())
                      .map(Class::getName)
                      .sorted()
                      .collect(Collectors.joining(", ", " implements ", ""))));
      for (Field field : type.getDeclaredFields()) {
        add(lines, field.getModifiers(), field.isSynthetic(), field.toGenericString());
      }
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        add(
            lines,
            constructor.getModifiers(),
            constructor.isSynthetic(),
            constructor.toGenericString());
      }
      for (Method method : type.getDeclaredMethods()) {
        add(lines, method.getModifiers(), method.isSynthetic(), method.toGenericString());
      }
    }
    return lines;
  }

  private static void add(
      NavigableSet<String> lines, int modifiers, boolean synthetic, String line) {
    if (!synthetic && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))) {
      lines.add(line);
    }
  }

  private static List<Class<?>> types() throws IOException {
    try {
      Path classes =
          Path.of(PluginApi.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes.resolve("dev/bandmaster/plugin"))) {
        return files
            .map(file -> classes.relativize(file).toString())
            .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
            .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
            .sorted()
            .<Class<?>>map(ApiCompatibilityTest::load)
            .filter(ApiCompatibilityTest::isPublic)
            .toList();
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return !type.isAnonymousClass();
  }

  @Test
  void pluginV7_theApiIsWhatItsVersionPromises() throws IOException {
    NavigableSet<String> now = signatures();
    if (Boolean.getBoolean("bandmaster.regenerate")) {
      Files.createDirectories(BASELINE.toAbsolutePath().getParent());
      Files.write(BASELINE, now);
    }
    assertThat(BASELINE).as(HOW).exists();
    List<String> promised = Files.readAllLines(BASELINE);
    assertThat(promised)
        .as("signatures that plugins may use are gone; that needs a new major version of the API")
        .allMatch(now::contains);
    for (Path earlier : baselines()) {
      assertThat(Files.readAllLines(earlier))
          .as("signatures of %s are gone", earlier)
          .allMatch(now::contains);
    }
    NavigableSet<String> added = new TreeSet<>(now);
    promised.forEach(added::remove);
    assertThat(added)
        .as("new methods that every plugin would have to implement; give them a default")
        .noneMatch(line -> line.contains(" abstract ") && isImplemented(line));
    assertThat(added).as("new signatures need a new minor version; then " + HOW).isEmpty();
  }

  /** Of all versions with the same major number. */
  private static List<Path> baselines() throws IOException {
    String major = PluginApi.VERSION.substring(0, PluginApi.VERSION.indexOf('.') + 1);
    try (Stream<Path> files = Files.list(BASELINE.toAbsolutePath().getParent())) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("api-" + major))
          .toList();
    }
  }

  private static boolean isImplemented(String line) {
    return IMPLEMENTED.stream().anyMatch(type -> line.contains(" " + type.getName() + "."));
  }
}
