package dev.bandmaster.engine.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PluginEvent;
import dev.bandmaster.plugin.PluginServices;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that speak JSON lines, well and badly. */
class PluginScriptTest {
  private static final Path HOW_TO = Path.of("../../docs/how-to/plugins-script.md");

  private static final String DECLARATION =
      """
      {"type":"declaration","api":"1.0","version":"1","commands":[{"name":"hello","summary":"says hello"}]}\
      """;

  @TempDir private Path temporary;
  @RegisterExtension private final TestStore store = new TestStore();

  /** A script in sh that describes itself and then plans by these lines. */
  private PluginScript script(String plan, Duration timeout, Map<String, String> environment)
      throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("hello.sh"),
            """
            #!/bin/sh
            read request
            case "$request" in
              *'"describe"'*) echo '%s' ;;
              *) %s ;;
            esac
            """
                .formatted(DECLARATION, plan));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return new PluginScript(
        "hello", List.of(file.toString()), timeout, 512L * 1024 * 1024, environment);
  }

  /** What a script asked for while it was told of an event. */
  private static final class Services implements PluginServices {
    private final List<String> posted = new ArrayList<>();
    private final Map<String, String> kept = new HashMap<>();

    @Override
    public void post(String channel, Message message) {
      if (!channel.equals("C0DEPLOYS")) {
        throw new IllegalArgumentException("not there");
      }
      posted.add(message.toString());
    }

    @Override
    public Optional<String> get(String key) {
      return Optional.ofNullable(kept.get(key));
    }

    @Override
    public void put(String key, String value) {
      kept.put(key, value);
    }

    @Override
    public void remove(String key) {
      kept.remove(key);
    }

    @Override
    public Answer call(String method, URI address, Map<String, String> headers, String body) {
      throw new IllegalStateException("not needed");
    }
  }

  @Test
  void pluginV8_thePythonExampleOfTheDocumentationAnswersEvents() throws IOException {
    Matcher example =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/how-to/plugins-events.md")));
    assertThat(example.find()).isTrue();
    Path file = Files.writeString(temporary.resolve("failures.py"), example.group(1));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    var script =
        new PluginScript(
            "failures",
            List.of(file.toString()),
            Duration.ofMinutes(1),
            1024L * 1024 * 1024,
            Map.of());
    var services = new Services();
    var listener = new ScriptListener(script);
    var ended =
        new PluginEvent.JobEnded(
            Instant.EPOCH, 81, "x", "staging", "web", "1.5.0", "failed", "Ann", List.of("web1"));
    listener.on(ended, services);
    listener.on(ended, services);
    listener.on(new PluginEvent.NodeChanged(Instant.EPOCH, "web1", "staging", "down"), services);
    assertThat(services.kept).containsEntry("failed web", "2");
    assertThat(services.posted).hasSize(2);
    assertThat(services.posted.getLast()).contains("Failure 2 of web", "retry 81 --failed");
    try (PluginBench bench = new PluginBench(temporary, store, script)) {
      bench.manager.start();
      assertThat(bench.manager.listening()).hasSize(1);
    }
  }

  private PluginBench bench(String plan, Duration timeout) throws IOException {
    PluginBench bench = new PluginBench(temporary, store, script(plan, timeout, Map.of()));
    bench.manager.start();
    return bench;
  }

  @Test
  void pluginV4_thePythonExampleOfTheDocumentationWorks() throws IOException {
    Matcher example =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(HOW_TO));
    assertThat(example.find()).isTrue();
    assertThat(example.group(1).lines().count()).isLessThanOrEqualTo(30);
    Path file = Files.writeString(temporary.resolve("disk.py"), example.group(1));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    var script =
        new PluginScript(
            "disk", List.of(file.toString()), Duration.ofMinutes(1), 1024L * 1024 * 1024, Map.of());
    try (PluginBench bench = new PluginBench(temporary, store, script)) {
      bench.manager.start();
      assertThat(bench.operators).isEmpty();
      assertThat(bench.plan("disks", Map.of("filter", List.of("env=staging"))))
          .isInstanceOfSatisfying(
              Planned.Work.class,
              work -> {
                assertThat(work.reach().nodes()).containsExactly("web1");
                assertThat(work.capability()).isEqualTo("adhoc");
                assertThat(work.action()).isEqualTo("disk");
                assertThat(work.effect()).isEqualTo(Planned.Effect.READ_ONLY);
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "echo '{\"type\":\"answer\",\"text\":\"Hi.\"}'; Hi.",
        "echo '{\"type\":\"refusal\",\"reason\":\"Not today.\"}'; Not today.",
        "true; ended without a result",
        "printf '{\"type\":\"ans'; ended in the middle of a line",
        "echo '{\"type\":'; printed a line that is not JSON",
        "echo 'hello'; printed a line that is not JSON",
        "echo '[]'; no JSON object with a 'type'",
        "echo '{\"type\":\"answer\",\"txt\":\"Hi.\"}'; unknown key 'txt'",
        "echo '{\"type\":\"work\",\"capability\":\"adhoc\",\"action\":\"disk\",\"nodes\":[]}'; planned work that cannot be",
        "echo broken >&2 && exit 3; its exit status is 3",
        "kill -9 $$; killed (exit status 137)"
      })
  void pluginV4_whateverAScriptPrintsIsAnAnswerOrAReason(String plan, String said)
      throws IOException {
    try (PluginBench bench = bench(plan, Duration.ofSeconds(60))) {
      assertThat(bench.operators).isEmpty();
      assertThat(bench.says("hello")).contains(said);
    }
  }

  @Test
  void pluginV4_aGibibyteOfOutputIsCutOff() throws IOException {
    try (PluginBench bench =
        bench("head -c 1073741824 /dev/zero | tr '\\\\0' x", Duration.ofSeconds(60))) {
      assertThat(bench.says("hello")).contains("printed more than 1024 KiB");
    }
  }

  @Test
  void pluginV4_itsTimeIsBoundedAndNoChildIsLeft() throws Exception {
    Path pids = temporary.resolve("pids");
    String plan =
        "setsid sleep 600 & echo $! >> %1$s; sleep 601 & echo $! >> %1$s; sleep 602"
            .formatted(pids);
    try (PluginBench bench = bench(plan, Duration.ofSeconds(3))) {
      assertThat(bench.says("hello")).contains("gave no result within 3000 ms");
      for (String pid : Files.readAllLines(pids)) {
        dev.bandmaster.core.testing.Await.until(
            "the child " + pid + " ends",
            () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
      }
    }
  }

  @Test
  void pluginV4_itsEnvironmentIsClean() throws IOException {
    PluginScript script =
        script("env >&2 && exit 1", Duration.ofSeconds(60), Map.of("TOKEN", "s3cret-value"));
    try (PluginBench bench = new PluginBench(temporary, store, script)) {
      bench.manager.start();
      assertThat(bench.says("hello"))
          .contains("TOKEN=***")
          .contains("LANG=C.UTF-8")
          .doesNotContain("HOME=")
          .doesNotContain("s3cret-value");
    }
  }

  @Test
  void pluginV4_aScriptThatKeepsFailingIsSwitchedOff() throws IOException {
    try (PluginBench bench = bench("exit 1", Duration.ofSeconds(60))) {
      for (int i = 0; i < PluginHealth.MOST; i++) {
        assertThat(bench.says("hello")).contains("its exit status is 1");
      }
      assertThat(bench.says("hello")).contains("is switched off");
      assertThat(bench.manager.reload("hello")).isEqualTo("Loaded hello 1 with `hello`.");
      assertThat(bench.says("hello")).contains("its exit status is 1");
    }
  }

  @Test
  void pluginV4_aMissingProgramIsReportedAndNothingElseFails() throws IOException {
    var script =
        new PluginScript(
            "gone", List.of("/nowhere/gone"), Duration.ofSeconds(5), 1 << 28, Map.of());
    try (PluginBench bench = new PluginBench(temporary, store, script)) {
      bench.manager.start();
      assertThat(bench.manager.refused())
          .containsEntry("gone", "There is no program /nowhere/gone that the bot may run.");
    }
  }
}
