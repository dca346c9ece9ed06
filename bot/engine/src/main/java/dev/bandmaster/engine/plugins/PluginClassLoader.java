package dev.bandmaster.engine.plugins;

import dev.bandmaster.plugin.Plugin;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads the classes of one plugin. It sees the JDK, the plugin API, the values that the API's types
 * are made of, and the jar; nothing of the bot, and of the bot's libraries only what it brings
 * itself, in its own version.
 */
@SuppressWarnings("BanClassLoader") // running the jars that operators install is what it is for
final class PluginClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  PluginClassLoader(String plugin, Path jar) {
    super("plugin-" + plugin, new URL[] {url(jar)}, new Api());
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The door to the bot's own classes: these packages, and the JDK behind it. */
  private static final class Api extends ClassLoader {
    private static final List<String> PACKAGES =
        List.of("dev.bandmaster.plugin.", "dev.bandmaster.model.", "org.jspecify.annotations.");

    static {
      registerAsParallelCapable();
    }

    Api() {
      super("plugin-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (PACKAGES.stream().anyMatch(name::startsWith)) {
        return Class.forName(name, false, Plugin.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
