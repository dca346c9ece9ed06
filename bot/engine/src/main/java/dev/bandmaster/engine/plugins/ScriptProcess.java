package dev.bandmaster.engine.plugins;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One run of a script: a line of JSON to it, questions of its own between, a line of JSON as its
 * result. It has an environment with nothing of the bot's in it, limits on memory, processor time
 * and files, a process group of its own, and an end in time for all that it has started.
 */
final class ScriptProcess {

  /** Bytes of all that it prints on standard output. */
  static final int MOST_OUTPUT = 1024 * 1024;

  /** Bytes of what it prints on standard error that an error message quotes. */
  private static final int MOST_ERRORS = 500;

  /** Questions in one run. */
  private static final int MOST_QUESTIONS = 100;

  /** Bytes of a file that it may write. */
  private static final long LARGEST_FILE = 64L * 1024 * 1024;

  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  /** By this variable whatever a script has started is found, also outside of its process group. */
  private static final String MARK = "BANDMASTER_PLUGIN_RUN";

  /** 128 and the number of SIGKILL. */
  private static final int KILLED = 137;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(50)
                          .maxStringLength(MOST_OUTPUT)
                          .build())
                  .build())
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ScriptProcess() {}

  /** Answers a question of the script's. */
  @FunctionalInterface
  interface Questions {
    JsonNode answer(JsonNode question) throws ScriptException;
  }

  /**
   * Runs the script.
   *
   * @param request what it is asked
   * @return its result, an object with a {@code type}
   * @throws ScriptException if it did not give a result in time
   */
  static JsonNode run(PluginScript script, JsonNode request, Questions questions)
      throws ScriptException, InterruptedException {
    String mark = UUID.randomUUID().toString();
    ProcessBuilder builder = new ProcessBuilder(limited(script));
    builder.environment().clear();
    builder.environment().putAll(script.environment());
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().put(MARK, mark);
    builder.directory(Path.of("/").toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new ScriptException("could not be started: " + e.getMessage());
    }
    FutureTask<String> errors = new FutureTask<>(() -> beginning(process.getErrorStream()));
    Thread.ofVirtual().name("plugin-" + script.name() + "-errors").start(errors);
    ScriptException failure = null;
    boolean ended = false;
    FutureTask<JsonNode> dialogue =
        new FutureTask<>(() -> new Dialogue(process, questions).run(request));
    Thread.ofVirtual().name("plugin-" + script.name() + "-output").start(dialogue);
    try {
      return dialogue.get(script.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      failure =
          new ScriptException("gave no result within %d ms".formatted(script.timeout().toMillis()));
    } catch (ExecutionException e) {
      // Its exit status says why; that of one that we kill says nothing.
      ended = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      failure =
          e.getCause() instanceof ScriptException own
              ? own
              : new ScriptException("broke off: " + e.getCause());
    } finally {
      dialogue.cancel(true);
      end(process, mark);
    }
    throw new ScriptException(
        (failure == null ? "gave no result" : String.valueOf(failure.getMessage()))
            + (ended ? exit(process) : "")
            + said(errors));
  }

  private static String exit(Process process) {
    if (process.isAlive()) {
      return "";
    }
    int status = process.exitValue();
    return switch (status) {
      case 0 -> "";
      case KILLED -> "; it was killed (exit status 137), perhaps since it needed too much memory";
      default -> "; its exit status is " + status;
    };
  }

  private static String said(FutureTask<String> errors) throws InterruptedException {
    try {
      String text = errors.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      return text.isEmpty() ? "" : "; it printed: " + text;
    } catch (ExecutionException | TimeoutException e) {
      return "";
    }
  }

  /** The words that start it within its limits. */
  private static List<String> limited(PluginScript script) {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString());
    }
    if (Files.isExecutable(PRLIMIT)) {
      words.add(PRLIMIT.toString());
      words.add("--as=" + script.memory());
      words.add("--cpu=" + (script.timeout().toSeconds() + 1));
      words.add("--fsize=" + LARGEST_FILE);
      words.add("--core=0");
      words.add("--");
    }
    words.addAll(script.command());
    return words;
  }

  /** All that it has started goes with it. */
  private static void end(Process process, String mark) {
    List<ProcessHandle> known =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    if (Files.isExecutable(SETSID)) {
      killGroup(process.pid());
    }
    known.forEach(ProcessHandle::destroyForcibly);
    marked(mark).forEach(ProcessHandle::destroyForcibly);
    try {
      var _ = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void killGroup(long group) {
    try {
      Process kill =
          new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + group)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException e) {
      // Its processes are ended one by one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Processes that carry this run's mark: a child that left the group and lost its parent. */
  private static Stream<ProcessHandle> marked(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> {
          try {
            return new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ")),
                    StandardCharsets.ISO_8859_1)
                .contains(MARK + "=" + mark);
          } catch (IOException e) {
            return false;
          }
        });
  }

  /** The first of what is printed, in one line; reading goes on so that nobody waits for us. */
  private static String beginning(InputStream stream) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[1024];
    for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
      kept.write(buffer, 0, Math.min(n, MOST_ERRORS - kept.size()));
    }
    return kept.toString(StandardCharsets.UTF_8)
        .replaceAll("\\R+", " | ")
        .replaceAll("\\p{Cntrl}", "?")
        .strip();
  }

  /** What is said between the bot and one run. */
  private static final class Dialogue {
    private final InputStream from;
    private final OutputStream to;
    private final Questions questions;
    private int read;

    Dialogue(Process process, Questions questions) {
      from = new java.io.BufferedInputStream(process.getInputStream());
      to = process.getOutputStream();
      this.questions = questions;
    }

    JsonNode run(JsonNode request) throws ScriptException {
      write(request);
      for (int asked = 0; asked <= MOST_QUESTIONS; asked++) {
        JsonNode said = parse(line());
        if (!said.isObject() || !said.path("type").isTextual()) {
          throw new ScriptException("printed a line that is no JSON object with a 'type'");
        }
        if (!said.path("type").asText().startsWith("ask-")) {
          return said;
        }
        write(questions.answer(said));
      }
      throw new ScriptException("asked more than %d questions".formatted(MOST_QUESTIONS));
    }

    private void write(JsonNode line) throws ScriptException {
      try {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
      } catch (IOException e) {
        // It ended without reading; what it printed, or did not, says more.
      }
    }

    private static JsonNode parse(String line) throws ScriptException {
      try {
        return JSON.readTree(line);
      } catch (JsonProcessingException e) {
        throw new ScriptException("printed a line that is not JSON");
      }
    }

    private String line() throws ScriptException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      try {
        for (int b = from.read(); b != '\n'; b = from.read()) {
          if (b < 0) {
            throw new ScriptException(
                line.size() == 0 ? "ended without a result" : "ended in the middle of a line");
          }
          if (++read > MOST_OUTPUT) {
            throw new ScriptException("printed more than %d KiB".formatted(MOST_OUTPUT / 1024));
          }
          line.write(b);
        }
      } catch (IOException e) {
        throw new ScriptException("ended without a result");
      }
      return line.toString(StandardCharsets.UTF_8);
    }
  }
}
