package dev.bandmaster.agent.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds a program the way the operating system would, so that "not found" is a sentence. */
public final class Executables {

  private Executables() {}

  /**
   * The absolute path of a program, or empty when there is none that may be run.
   *
   * @param program a name to look up in {@code searchPath}, or a path seen from {@code directory}
   * @param directory where the program will run
   * @param searchPath directories separated by the platform's path separator
   */
  public static Optional<Path> find(String program, Path directory, String searchPath) {
    try {
      if (program.indexOf('/') >= 0) {
        return Optional.of(directory.resolve(program).toAbsolutePath()).filter(Executables::mayRun);
      }
      for (String place : searchPath.split(File.pathSeparator, -1)) {
        Path candidate = Path.of(place).resolve(program);
        if (candidate.isAbsolute() && mayRun(candidate)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static boolean mayRun(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
