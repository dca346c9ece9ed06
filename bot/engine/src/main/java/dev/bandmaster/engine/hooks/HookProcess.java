package dev.bandmaster.engine.hooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a program: its input, an environment with nothing of the bot's in it, a process group
 * of its own, and an end in time for all that it has started.
 */
public final class HookProcess {
  /** Of what is printed; the rest is read and forgotten. */
  private static final int MOST_OUTPUT = 4 * 1024;

  /** From the request to end to the end by force; and for the last words of what has ended. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "LANG", "C.UTF-8");

  private HookProcess() {}

  /** How a run ended. */
  public sealed interface End {
    /** By itself; 0 is well. */
    record Exited(int status, String output) implements End {}

    /** It took too long. */
    record TimedOut(String output) implements End {}

    /** It could not be started. */
    record NotStarted(String reason) implements End {}
  }

  /**
   * Runs a program.
   *
   * @param command an absolute path, and its arguments; no shell sees them
   * @param input what it is given on its standard input
   */
  public static End run(List<String> command, String input, Duration timeout)
      throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(leading(command));
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    builder.directory(Path.of("/").toFile());
    builder.redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new End.NotStarted(String.valueOf(e.getMessage()));
    }
    Output output = new Output(process.getInputStream());
    Thread reader = Thread.ofVirtual().name("hook-output").start(output);
    Thread writer = Thread.ofVirtual().name("hook-input").start(() -> write(process, input));
    try {
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      // What it has left behind goes as well.
      end(process);
      reader.join(GRACE);
      return ended
          ? new End.Exited(process.exitValue(), output.text())
          : new End.TimedOut(output.text());
    } finally {
      signal(process, "KILL");
      process.destroyForcibly();
      reader.interrupt();
      writer.interrupt();
    }
  }

  private static List<String> leading(List<String> command) {
    if (!Files.isExecutable(SETSID)) {
      return command;
    }
    List<String> leading = new ArrayList<>();
    leading.add(SETSID.toString());
    leading.addAll(command);
    return leading;
  }

  private static void write(Process process, String input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not want to read it; its exit status says whether that is well.
    }
  }

  private static void end(Process process) throws InterruptedException {
    if (process.isAlive()) {
      signal(process, "TERM");
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
    signal(process, "KILL");
    process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** To the group, whose number is the process's own; without setsid to all that is known of it. */
  private static void signal(Process process, String signal) {
    if (!Files.isExecutable(SETSID)) {
      Stream.concat(process.descendants(), Stream.of(process.toHandle()))
          .forEach(signal.equals("KILL") ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
      return;
    }
    try {
      Process kill =
          new ProcessBuilder("/bin/kill", "-" + signal, "--", "-" + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is printed, up to a bound; reading goes on so that nobody waits for us. */
  private static final class Output implements Runnable {
    private final InputStream stream;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Output(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[1024];
      try {
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          keep(buffer, n);
        }
      } catch (IOException e) {
        // Closed under us: what was printed until then is kept.
      }
    }

    private synchronized void keep(byte[] buffer, int n) {
      kept.write(buffer, 0, Math.min(n, MOST_OUTPUT - kept.size()));
    }

    /** In one line, without what a terminal would obey. */
    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8)
          .replaceAll("\\R+", " | ")
          .replaceAll("\\p{Cntrl}", "?")
          .strip();
    }
  }
}
