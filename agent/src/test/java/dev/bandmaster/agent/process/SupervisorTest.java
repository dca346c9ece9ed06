package dev.bandmaster.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisorTest {

  @TempDir Path directory;

  private static final Duration GRACE = Duration.ofMillis(500);

  private final Map<String, StringBuilder> printed = new ConcurrentHashMap<>();

  @Test
  void theExitStatusAndBothStreamsArrive() {
    ProgramOutcome outcome = shell("echo fine; echo trouble >&2; exit 3", 10_000);

    assertThat(outcome).isEqualTo(new ProgramOutcome.Exited(3));
    assertThat(outcome.succeeded()).isFalse();
    assertThat(text(ProgramOutput.OUT)).isEqualTo("fine\n");
    assertThat(text(ProgramOutput.ERR)).isEqualTo("trouble\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(touch owned)",
        "`touch owned`",
        "; touch owned",
        "a'b\"c",
        "two\nlines",
        "&& touch owned",
        "--help",
        "",
        "émile 🎺"
      })
  void trap20_hostileArgumentsArriveAsTheyWereGiven(String hostile) {
    ProgramOutcome outcome = run(List.of("printf", "%s", hostile), 10_000);

    assertThat(outcome.succeeded()).isTrue();
    assertThat(text(ProgramOutput.OUT)).isEqualTo(hostile);
    assertThat(directory.resolve("owned")).doesNotExist();
  }

  @Test
  void trap20_anArgumentWithNulIsRefusedInWords() {
    assertThat(run(List.of("printf", "a\0b"), 10_000))
        .isEqualTo(
            new ProgramOutcome.NotStarted(
                "An argument holds a NUL character, which no program can receive."));
  }

  @Test
  void trap20_nulAndBrokenUtf8InOutputBecomeVisible() {
    shell("printf 'a\\000b\\377c\\303'", 10_000);

    assertThat(text(ProgramOutput.OUT)).isEqualTo("a\u2400b\ufffdc\ufffd");
  }

  @Test
  void aCharacterSplitBetweenTwoWritesStaysWhole() {
    shell("printf '\\303'; sleep 0.2; printf '\\251'", 10_000);

    assertThat(text(ProgramOutput.OUT)).isEqualTo("é");
  }

  @Test
  void trap4_aProgramPastItsTimeIsEndedWithItsWholeGroup() throws Exception {
    ProgramOutcome outcome =
        shell("sh -c 'trap \"\" TERM; while :; do sleep 0.05; done' & echo $!; wait", 300);

    assertThat(outcome).isEqualTo(new ProgramOutcome.TimedOut(Duration.ofMillis(300)));
    assertThat(outcome.inWords()).isEqualTo("still running after 300 ms, so it was killed");
    long grandchild = Long.parseLong(text(ProgramOutput.OUT).strip());
    eventually(() -> isGone(grandchild));
  }

  @Test
  void aProgramThatIgnoresTermIsKilled() {
    ProgramOutcome outcome = shell("trap '' TERM; while :; do sleep 0.05; done", 200);

    assertThat(outcome).isInstanceOf(ProgramOutcome.TimedOut.class);
  }

  @Test
  void aCancelledProgramMayTidyUpOnTerm() throws Exception {
    Cancellation cancellation = new Cancellation();
    Thread canceller =
        Thread.ofVirtual()
            .start(() -> {
              eventually(() -> text(ProgramOutput.OUT).contains("ready"));
              cancellation.request(Cancellation.Reason.REQUESTED);
            });
    ProgramOutcome outcome =
        supervisor()
            .run(
                call(
                    List.of(
                        "sh",
                        "-c",
                        "trap 'echo tidied; exit 0' TERM; echo ready; while :; do sleep 0.05; done"),
                    30_000),
                this::collect,
                cancellation);
    canceller.join();

    assertThat(outcome).isEqualTo(new ProgramOutcome.Stopped());
    assertThat(text(ProgramOutput.OUT)).isEqualTo("ready\ntidied\n");
  }

  @Test
  void aCancelledJobStartsNoFurtherProgram() {
    Cancellation cancellation = new Cancellation();
    cancellation.request(Cancellation.Reason.REQUESTED);

    assertThat(supervisor().run(call(List.of("true"), 1_000), this::collect, cancellation))
        .isEqualTo(new ProgramOutcome.Stopped());
  }

  @Test
  void tenMegabytesPassThroughWhole() {
    shell("head -c 10485760 /dev/zero | tr '\\000' x", 60_000);

    assertThat(text(ProgramOutput.OUT)).hasSize(10 * 1024 * 1024);
  }

  @Test
  void aDaemonLeftBehindDoesNotHoldUpTheAnswer() {
    ProgramOutcome outcome = shell("sleep 20 & echo $!", 10_000);

    assertThat(outcome).isEqualTo(new ProgramOutcome.Exited(0));
    ProcessHandle.of(Long.parseLong(text(ProgramOutput.OUT).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void nothingOfTheAgentsEnvironmentIsInherited() {
    run(List.of("env"), 10_000);

    assertThat(text(ProgramOutput.OUT).lines())
        .allMatch(line -> line.equals("PATH=/usr/bin:/bin") || line.startsWith("BANDMASTER_RUN="));
  }

  @Test
  void aProgramThatIsNotThereIsASentence() {
    assertThat(run(List.of("no-such-program"), 1_000))
        .isEqualTo(
            new ProgramOutcome.NotStarted(
                "The program no-such-program does not exist on this node, or the agent's user cannot run it."));
  }

  @Test
  void aProgramWithASlashIsSeenFromTheDirectory() throws IOException {
    Path script = Files.writeString(directory.resolve("hello"), "#!/bin/sh\necho hello\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    assertThat(run(List.of("./hello"), 10_000).succeeded()).isTrue();
    assertThat(text(ProgramOutput.OUT)).isEqualTo("hello\n");
  }

  @Test
  void withoutSetsidTheKnownDescendantsAreEnded() {
    Supervisor plain = new Supervisor(ProcessGroups.withoutHelpers(), notes(), GRACE);

    ProgramOutcome outcome =
        plain.run(
            call(List.of("sh", "-c", "sleep 30 & echo $!; wait"), 300),
            this::collect,
            new Cancellation());

    assertThat(outcome).isInstanceOf(ProgramOutcome.TimedOut.class);
    long child = Long.parseLong(text(ProgramOutput.OUT).strip());
    eventually(() -> isGone(child));
  }

  @Test
  void trap2_whatAKilledAgentLeftRunningIsEndedWithAllThatItStarted() throws Exception {
    String note = notes().begin();
    Process left =
        started(note, "trap '' TERM; setsid sleep 60 & echo $!; sleep 60 & echo $!; wait");
    notes().started(note, left.toHandle());
    List<Long> children = new ArrayList<>();
    try (BufferedReader lines = left.inputReader()) {
      children.add(Long.parseLong(lines.readLine()));
      children.add(Long.parseLong(lines.readLine()));
    }

    assertThat(supervisor().endLeftOvers()).isEqualTo("Processes it left running were killed.");

    eventually(() -> isGone(left.pid()));
    eventually(() -> children.stream().allMatch(SupervisorTest::isGone));
    assertThat(supervisor().endLeftOvers()).as("nothing is left").isEmpty();
  }

  @Test
  void trap2_aProgramWhoseNumberNobodyCouldNoteAnyMoreIsFoundToo() throws Exception {
    Process left = started(notes().begin(), "sleep 60");

    assertThat(supervisor().endLeftOvers()).isNotEmpty();

    eventually(() -> isGone(left.pid()));
  }

  @Test
  void whatAProgramThatEndedLeftRunningOnPurposeIsNotTouched() throws Exception {
    assertThat(shell("sleep 60 > /dev/null 2>&1 & echo $!", 10_000).succeeded()).isTrue();
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(text(ProgramOutput.OUT).strip())).orElseThrow();

    assertThat(supervisor().endLeftOvers()).isEmpty();

    assertThat(daemon.isAlive()).isTrue();
    daemon.destroyForcibly();
  }

  @Test
  void aProcessThatGotTheNumberOfAnOldOneIsNotTouched() throws Exception {
    Process another = started("another", "sleep 60");
    String note = notes().begin();
    Files.writeString(directory.resolve("notes").resolve(note), another.pid() + " 1");

    assertThat(supervisor().endLeftOvers()).isEmpty();

    assertThat(another.isAlive()).isTrue();
    another.destroyForcibly();
  }

  private Process started(String note, String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", script);
    builder.environment().put(ProgramNotes.MARK, note);
    return builder.start();
  }

  private Supervisor supervisor() {
    return new Supervisor(notes(), GRACE);
  }

  private ProgramNotes notes() {
    try {
      return new ProgramNotes(directory.resolve("notes"), new SecureRandom());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProgramOutcome shell(String script, long timeoutMillis) {
    return run(List.of("sh", "-c", script), timeoutMillis);
  }

  private ProgramOutcome run(List<String> arguments, long timeoutMillis) {
    return supervisor().run(call(arguments, timeoutMillis), this::collect, new Cancellation());
  }

  private ProgramCall call(List<String> arguments, long timeoutMillis) {
    return new ProgramCall(
        arguments, directory, Map.of("PATH", "/usr/bin:/bin"), Duration.ofMillis(timeoutMillis));
  }

  private void collect(String stream, String text) {
    printed.computeIfAbsent(stream, _ -> new StringBuilder()).append(text);
  }

  private String text(String stream) {
    StringBuilder builder = printed.get(stream);
    return builder == null ? "" : builder.toString();
  }

  /** Gone, or a zombie that nobody has collected yet: nothing of it runs. */
  private static boolean isGone(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException _) {
      return true;
    }
  }

  private static void eventually(BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(120);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
