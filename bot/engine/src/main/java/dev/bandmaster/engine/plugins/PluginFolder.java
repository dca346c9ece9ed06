package dev.bandmaster.engine.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices which files of the folder have changed. A file that is still being written changes from
 * one look to the next, and is reported only when it no longer does. Used by one thread at a time.
 */
final class PluginFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

  /** Files that are looked at. */
  private static final int MOST = 500;

  private final Optional<Path> directory;
  private Map<Path, Stamp> before = Map.of();
  private final Map<Path, Stamp> reported = new TreeMap<>();

  PluginFolder(Optional<Path> directory) {
    this.directory = directory;
  }

  /** By which a file is seen to have changed. */
  private record Stamp(long size, FileTime time) {}

  /** What happened to a file. */
  sealed interface FileChange {
    /** A jar is new or different. */
    record Written(Path jar) implements FileChange {}

    /** A jar is gone. */
    record Gone(Path jar) implements FileChange {}

    /** The configuration section of this plugin is new, different or gone. */
    record SettingsChanged(String plugin) implements FileChange {}
  }

  /** The jars of the folder by name. */
  List<Path> jars() {
    return stamps().keySet().stream().filter(PluginFolder::isJar).toList();
  }

  /** A file that is gone is not to be reported. */
  void forget(Path file) {
    reported.remove(file);
  }

  /**
   * What has changed since the last look: what is gone first, so that a file may be renamed.
   *
   * @param atOnce whether files are taken as they are now, and not when they have come to rest
   */
  List<FileChange> look(boolean atOnce) {
    Map<Path, Stamp> now = stamps();
    List<FileChange> changes = new ArrayList<>();
    for (Path file : List.copyOf(reported.keySet())) {
      if (!now.containsKey(file)) {
        reported.remove(file);
        changes.add(isJar(file) ? new FileChange.Gone(file) : settings(file));
      }
    }
    now.forEach((file, stamp) -> {
      boolean rests = atOnce || stamp.equals(before.get(file));
      if (rests && !stamp.equals(reported.get(file))) {
        reported.put(file, stamp);
        changes.add(isJar(file) ? new FileChange.Written(file) : settings(file));
      }
    });
    before = now;
    return changes;
  }

  private static FileChange settings(Path file) {
    String name = String.valueOf(file.getFileName());
    return new FileChange.SettingsChanged(name.substring(0, name.length() - ".yaml".length()));
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new TreeMap<>();
    if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
      return stamps;
    }
    try (Stream<Path> files = Files.list(directory.get())) {
      for (Path file :
          files
              .filter(each -> isJar(each) || each.toString().endsWith(".yaml"))
              .sorted()
              .limit(MOST)
              .toList()) {
        if (Files.isRegularFile(file)) {
          stamps.put(file, new Stamp(Files.size(file), Files.getLastModifiedTime(file)));
        }
      }
    } catch (IOException e) {
      LOG.warn("The folder of plugins cannot be read: {}", e.getMessage());
      return before;
    }
    return stamps;
  }
}
