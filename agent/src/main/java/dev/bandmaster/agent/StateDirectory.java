package dev.bandmaster.agent;

import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which an agent keeps its journal, its spool and its keys, locked for as long as the
 * agent lives. It is made for its owner only, and so is what is in it. Two agents with one journal
 * would run requests twice.
 */
final class StateDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private StateDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder when it is missing and locks it.
   *
   * @throws IOException with a sentence when another agent has it
   */
  static StateDirectory open(Path path) throws IOException {
    PrivateFiles.folder(path);
    FileChannel channel =
        FileChannel.open(PrivateFiles.file(path.resolve("lock")), StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException(
          "Another agent is using the state folder "
              + path
              + ". Stop it, or give this agent its own folder.");
    }
    return new StateDirectory(path, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  Path journal() {
    return path.resolve("journal");
  }

  Path spool() {
    return path.resolve("spool");
  }

  Path programs() {
    return path.resolve("programs");
  }

  /** Where programs on this node put what a person should look at. */
  Path alerts() {
    return path.resolve("alerts");
  }

  /** What a runner with Ansible keeps. */
  Path ansible() {
    return path.resolve("ansible");
  }

  /** Where commands that have no place of their own run. */
  Path work() throws IOException {
    return PrivateFiles.ownFolder(path.resolve("work"));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
