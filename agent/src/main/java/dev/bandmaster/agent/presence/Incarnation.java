package dev.bandmaster.agent.presence;

import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * A number that grows with each start of the agent, also when the clock was set back in between:
 * the time in milliseconds, or one more than last time. Kept in a file.
 */
public final class Incarnation {

  private Incarnation() {}

  /** The number of this start. */
  public static long next(Path directory, InstantSource clock) throws IOException {
    Path file = directory.resolve("incarnation");
    long next = Math.max(clock.millis(), last(file) + 1);
    Path fresh = directory.resolve("incarnation.new");
    Files.writeString(
        PrivateFiles.file(fresh),
        next + "\n",
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return next;
  }

  private static long last(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (NoSuchFileException _) {
      return 0;
    } catch (NumberFormatException e) {
      throw new IOException(file + " does not contain a number. Remove it to start over.", e);
    }
  }
}
