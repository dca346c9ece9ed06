package dev.bandmaster.agent.process;

import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Records on disk of the programs that are running, so that the next process of an agent that was
 * killed finds what was left behind. A note is there before its program is, and goes when the
 * supervisor has seen the program's end; what a program leaves running on purpose, such as the app
 * it started, is therefore never found.
 *
 * <p>Each program carries the name of its note in its environment. Where there is a {@code /proc}
 * all its descendants are found by that, with no doubt about process numbers that were used again;
 * elsewhere only the program itself, by its number and the time of its start. Any thread.
 */
public final class ProgramNotes {

  /** The variable that carries the name of a program's note. */
  static final String MARK = "BANDMASTER_RUN";

  private static final Path PROC = Path.of("/proc");

  private final Path directory;
  private final RandomGenerator random;

  /** Notes in a directory, made when missing. */
  public ProgramNotes(Path directory, RandomGenerator random) throws IOException {
    this.directory = PrivateFiles.ownFolder(directory);
    this.random = random;
  }

  /** Notes that a program is about to be started; returns the note's name. */
  String begin() throws IOException {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String name = HexFormat.of().formatHex(bytes);
    Files.writeString(directory.resolve(name), "");
    return name;
  }

  /** Notes which process it is. */
  void started(String name, ProcessHandle process) throws IOException {
    Path fresh = directory.resolve(name + ".new");
    Files.writeString(fresh, process.pid() + " " + startOf(process));
    Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets a program that has ended. */
  void end(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  /** The processes that are left of the programs of an earlier life, by note. */
  List<LeftOver> leftOvers() throws IOException {
    List<LeftOver> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".new")) {
          Files.deleteIfExists(file);
        } else {
          found.add(new LeftOver(name, leader(Files.readString(file)), marked(name)));
        }
      }
    }
    return found;
  }

  /**
   * What is left of one program.
   *
   * @param leader the program itself, if it is still running; leads a process group
   * @param marked every process that carries the note's name
   */
  record LeftOver(String note, Optional<ProcessHandle> leader, List<ProcessHandle> marked) {
    Stream<ProcessHandle> all() {
      return Stream.concat(leader.stream(), marked.stream()).distinct();
    }

    boolean isGone() {
      return running().findAny().isEmpty();
    }

    Stream<ProcessHandle> running() {
      return all().filter(process -> process.isAlive() && !isZombie(process));
    }
  }

  private static Optional<ProcessHandle> leader(String note) {
    String[] words = note.split(" ", -1);
    return words.length == 2
        ? ProcessHandle.of(Long.parseLong(words[0]))
            .filter(process -> words[1].equals(startOf(process)))
        : Optional.empty();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).map(String::valueOf).orElse("");
  }

  private static List<ProcessHandle> marked(String name) {
    String variable = MARK + "=" + name;
    return Files.isDirectory(PROC)
        ? ProcessHandle.allProcesses().filter(process -> carries(process, variable)).toList()
        : List.of();
  }

  /** Ended, but not yet collected by the process that has to: nothing of it runs. */
  private static boolean isZombie(ProcessHandle process) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(process.pid())).resolve("stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noSuchFile) {
      return false;
    }
  }

  private static boolean carries(ProcessHandle process, String variable) {
    try {
      byte[] environment =
          Files.readAllBytes(PROC.resolve(Long.toString(process.pid())).resolve("environ"));
      String text = new String(environment, StandardCharsets.ISO_8859_1);
      return ("\0" + text + "\0").contains("\0" + variable + "\0");
    } catch (IOException goneOrNotOurs) {
      // Other people's processes show nothing, and could not be ended by us.
      return false;
    }
  }
}
