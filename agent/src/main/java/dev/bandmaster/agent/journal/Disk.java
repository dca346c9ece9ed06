package dev.bandmaster.agent.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the journal needs of a file system. Each step may fail, and may have taken effect all the
 * same.
 */
interface Disk {

  /** A file that is being written, at its end only. */
  interface Output {
    void write(byte[] bytes) throws IOException;

    /** Returns when everything written is on the disk. */
    void sync() throws IOException;

    void close() throws IOException;
  }

  /** What is in a file, or null when there is none. */
  byte @Nullable [] read(Path file) throws IOException;

  /** Makes a file, empty also when there was one. */
  Output create(Path file) throws IOException;

  /** Puts a file in the place of another in one step. */
  void replace(Path file, Path old) throws IOException;

  /** Returns when a {@link #replace} in the directory of this file would survive a crash. */
  void syncDirectory(Path file) throws IOException;
}
