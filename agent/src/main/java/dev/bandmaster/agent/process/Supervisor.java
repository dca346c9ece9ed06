package dev.bandmaster.agent.process;

import dev.bandmaster.agent.process.ProcessGroups.Signal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs and stays with them: passes their output on, ends their whole process group when
 * their time is over or somebody asks. One thread, the caller's, does all of it by looking at the
 * streams in turn; a blocking read could not be abandoned while a daemon keeps the pipe open.
 *
 * <p>Output is collected until the program itself ends. A daemon it leaves behind must write to a
 * file of its own: its pipe is closed.
 *
 * <p>Safe for use by many threads.
 */
public final class Supervisor {

  /** Where programs are found when a call's environment names no {@code PATH}. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** How long a program has between TERM and KILL unless configured. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(new File("/dev/null"));

  /** Longest wait between two looks at a quiet program. */
  private static final long QUIET_MILLIS = 20;

  private final ProcessGroups groups;
  private final ProgramNotes notes;
  private final Duration grace;

  /**
   * A supervisor.
   *
   * @param notes remembers what is running in case this process is killed
   * @param grace what programs get between TERM and KILL
   */
  public Supervisor(ProgramNotes notes, Duration grace) {
    this(ProcessGroups.ofThisMachine(), notes, grace);
  }

  Supervisor(ProcessGroups groups, ProgramNotes notes, Duration grace) {
    this.groups = groups;
    this.notes = notes;
    this.grace = grace;
  }

  /**
   * Ends what is left of programs that an earlier life of this agent was running when it was
   * killed, and forgets them. To be called before the first program is run.
   *
   * @return a sentence for the caller; empty if nothing was left
   */
  public String endLeftOvers() throws IOException, InterruptedException {
    List<ProgramNotes.LeftOver> leftOvers = notes.leftOvers();
    long found = leftOvers.stream().filter(leftOver -> !leftOver.isGone()).count();
    for (Signal signal : Signal.values()) {
      for (ProgramNotes.LeftOver leftOver : leftOvers) {
        if (!leftOver.isGone()) {
          groups.signal(leftOver, signal);
        }
      }
      awaitGone(leftOvers);
    }
    List<Long> stubborn = new ArrayList<>();
    for (ProgramNotes.LeftOver leftOver : leftOvers) {
      if (leftOver.isGone()) {
        notes.end(leftOver.note());
      } else {
        leftOver.running().map(ProcessHandle::pid).forEach(stubborn::add);
      }
    }
    if (!stubborn.isEmpty()) {
      return "Processes it left running could not be killed: " + stubborn + ".";
    }
    return found == 0 ? "" : "Processes it left running were killed.";
  }

  private void awaitGone(List<ProgramNotes.LeftOver> leftOvers) throws InterruptedException {
    long end = System.nanoTime() + grace.toNanos();
    while (!leftOvers.stream().allMatch(ProgramNotes.LeftOver::isGone)
        && System.nanoTime() - end < 0) {
      Thread.sleep(QUIET_MILLIS);
    }
  }

  /**
   * Runs the program to its end, whichever end that is. An interrupt ends the process group too and
   * is answered with {@link ProgramOutcome.Stopped}, the flag restored.
   */
  public ProgramOutcome run(ProgramCall call, ProgramOutput output, Cancellation cancellation) {
    if (cancellation.isRequested()) {
      return new ProgramOutcome.Stopped();
    }
    if (call.arguments().stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      return new ProgramOutcome.NotStarted(
          "An argument holds a NUL character, which no program can receive.");
    }
    if (!Files.isDirectory(call.directory())) {
      return new ProgramOutcome.NotStarted(
          "The working directory " + call.directory() + " does not exist.");
    }
    String searchPath = call.environment().getOrDefault("PATH", DEFAULT_PATH);
    Optional<Path> program = Executables.find(call.program(), call.directory(), searchPath);
    if (program.isEmpty()) {
      return new ProgramOutcome.NotStarted(
          "The program "
              + call.program()
              + " does not exist on this node, or the agent's user cannot run it.");
    }
    // The monotonic clock: a corrected wall clock must not end or prolong a program.
    long end = System.nanoTime() + call.timeout().toNanos();
    try {
      String note = notes.begin();
      try {
        Process process = start(call, program.get(), note);
        remember(note, process);
        return accompany(process, call, output, cancellation, end);
      } finally {
        forget(note);
      }
    } catch (IOException e) {
      return new ProgramOutcome.NotStarted(
          "The program " + call.program() + " could not be started: " + e.getMessage());
    }
  }

  /** A note that cannot be completed still has the name by which the program is found. */
  private void remember(String note, Process process) {
    try {
      notes.started(note, process.toHandle());
    } catch (IOException e) {
      LOG.warn("The record of program {} is incomplete: {}", process.pid(), e.getMessage());
    }
  }

  private void forget(String note) {
    try {
      notes.end(note);
    } catch (IOException e) {
      LOG.warn("Cannot delete the record {} of an ended program: {}", note, e.getMessage());
    }
  }

  private Process start(ProgramCall call, Path program, String note) throws IOException {
    List<String> arguments = new ArrayList<>(call.arguments());
    arguments.set(0, program.toString());
    ProcessBuilder builder =
        new ProcessBuilder(groups.leading(arguments))
            .directory(call.directory().toFile())
            .redirectInput(
                call.input()
                    .map(file -> ProcessBuilder.Redirect.from(file.toFile()))
                    .orElse(NOTHING));
    builder.environment().clear();
    builder.environment().putAll(call.environment());
    builder.environment().put(ProgramNotes.MARK, note);
    return builder.start();
  }

  private ProgramOutcome accompany(
      Process process,
      ProgramCall call,
      ProgramOutput output,
      Cancellation cancellation,
      long end) {
    try {
      StreamText out = new StreamText(ProgramOutput.OUT, process.getInputStream(), output);
      StreamText err = new StreamText(ProgramOutput.ERR, process.getErrorStream(), output);
      ProgramOutcome outcome = watch(process, call, cancellation, end, out, err);
      out.finish();
      err.finish();
      return outcome;
    } catch (IOException e) {
      endQuietly(process);
      return new ProgramOutcome.NotStarted("Its output could not be read: " + e.getMessage());
    } catch (InterruptedException _) {
      endQuietly(process);
      Thread.currentThread().interrupt();
      return new ProgramOutcome.Stopped();
    } catch (RuntimeException e) {
      endQuietly(process);
      throw e;
    }
  }

  private ProgramOutcome watch(
      Process process,
      ProgramCall call,
      Cancellation cancellation,
      long end,
      StreamText out,
      StreamText err)
      throws IOException, InterruptedException {
    long pause = 1;
    while (true) {
      boolean ended = !process.isAlive();
      boolean moved = pump(out, err);
      if (ended && !moved) {
        return new ProgramOutcome.Exited(process.exitValue());
      }
      if (!ended && cancellation.isRequested()) {
        end(process);
        drain(out, err);
        return new ProgramOutcome.Stopped();
      }
      if (!ended && System.nanoTime() - end >= 0) {
        end(process);
        drain(out, err);
        return new ProgramOutcome.TimedOut(call.timeout());
      }
      if (moved) {
        pause = 1;
      } else if (process.waitFor(pause, TimeUnit.MILLISECONDS)) {
        pause = 1;
      } else {
        pause = Math.min(pause * 2, QUIET_MILLIS);
      }
    }
  }

  /** The last output of an ended program. */
  private static void drain(StreamText out, StreamText err) throws IOException {
    boolean moved = true;
    while (moved) {
      moved = pump(out, err);
    }
  }

  /** Both in turn, so that a flood in one does not hide the other. */
  private static boolean pump(StreamText out, StreamText err) throws IOException {
    boolean some = out.pump();
    boolean more = err.pump();
    return some || more;
  }

  /** TERM, patience, KILL: the last also when the leader obeyed, for those it left behind. */
  private void end(Process process) throws InterruptedException {
    groups.signal(process, Signal.TERM);
    process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    groups.signal(process, Signal.KILL);
    process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void endQuietly(Process process) {
    // Clears the flag for the time of the ending, which itself waits; the caller restores it.
    boolean interrupted = Thread.interrupted();
    try {
      end(process);
    } catch (InterruptedException _) {
      interrupted = true;
    } finally {
      process.destroyForcibly();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
