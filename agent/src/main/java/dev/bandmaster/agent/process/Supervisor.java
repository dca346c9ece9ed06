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

/**
 * Runs programs and stays with them: passes their output on, ends their whole process group when
 * their time is over or somebody asks. One thread, the caller's, does all of it by looking at the
 * streams in turn; a read that blocks could not be given up when a daemon keeps the pipe open.
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

  private static final ProcessBuilder.Redirect NOTHING =
      ProcessBuilder.Redirect.from(new File("/dev/null"));

  /** Longest wait between two looks at a quiet program. */
  private static final long QUIET_MILLIS = 20;

  private final ProcessGroups groups;
  private final Duration grace;

  /** A supervisor that gives programs {@code grace} between TERM and KILL. */
  public Supervisor(Duration grace) {
    this(ProcessGroups.ofThisMachine(), grace);
  }

  Supervisor(ProcessGroups groups, Duration grace) {
    this.groups = groups;
    this.grace = grace;
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
          "The directory " + call.directory() + " to run in does not exist.");
    }
    String searchPath = call.environment().getOrDefault("PATH", DEFAULT_PATH);
    Optional<Path> program = Executables.find(call.program(), call.directory(), searchPath);
    if (program.isEmpty()) {
      return new ProgramOutcome.NotStarted(
          "The program "
              + call.program()
              + " is not on this node, or may not be run by the agent's user.");
    }
    // The monotonic clock: a corrected wall clock must not end or prolong a program.
    long end = System.nanoTime() + call.timeout().toNanos();
    try {
      return accompany(start(call, program.get()), call, output, cancellation, end);
    } catch (IOException e) {
      return new ProgramOutcome.NotStarted(
          "The program " + call.program() + " could not be started: " + e.getMessage());
    }
  }

  private Process start(ProgramCall call, Path program) throws IOException {
    List<String> arguments = new ArrayList<>(call.arguments());
    arguments.set(0, program.toString());
    ProcessBuilder builder =
        new ProcessBuilder(groups.leading(arguments))
            .directory(call.directory().toFile())
            .redirectInput(NOTHING);
    builder.environment().clear();
    builder.environment().putAll(call.environment());
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

  /** The last words of an ended program. */
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
