package dev.bandmaster.store;

import dev.bandmaster.core.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQLite's driver unpacks its native library: beside the data, since /tmp may be mounted
 * noexec. It deletes it at a clean end only, so of a process that was killed a megabyte stays.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /** Says where; counts for the first store that a process opens. */
  static void unpackInto(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StoreUnavailable("The folder " + folder + " cannot be created.", e);
    }
    System.setProperty("org.sqlite.tmpdir", folder.toString());
  }

  /** Deletes what others have left there; what cannot be deleted stays. */
  static void clear(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path file : left) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.warn("Cannot delete leftovers of an earlier process in {}: {}", folder, e.toString());
    }
  }
}
