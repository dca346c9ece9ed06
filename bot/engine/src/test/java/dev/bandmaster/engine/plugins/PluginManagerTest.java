package dev.bandmaster.engine.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.PluginVersions.Version;
import dev.bandmaster.engine.pipeline.VersionedPlugin;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PluginApi;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jars that come, change, break and go. */
class PluginManagerTest {
  @TempDir private Path temporary;
  @RegisterExtension private final TestStore store = new TestStore();

  @Test
  void pluginV1_aJarInTheFolderAddsItsCommand() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put("hello", "1.2.0", PluginJars.source("hello", "", PluginJars.says("Hello.")));
      bench.manager.start();
      assertThat(bench.says("hello")).contains("Hello.");
      assertThat(bench.manager.lines())
          .singleElement()
          .satisfies(line -> {
            assertThat(line.name()).isEqualTo("hello");
            assertThat(line.version()).isEqualTo("1.2.0");
            assertThat(line.commands()).containsExactly("hello");
            assertThat(line.off()).isEmpty();
          });
    }
  }

  @Test
  void pluginV1_aPluginSeesTheApiAndItsOwnJarAlone() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      String looks =
          """
          StringBuilder seen = new StringBuilder();
          for (String name : List.of("dev.bandmaster.engine.plugins.PluginManager",
              "com.fasterxml.jackson.core.JsonFactory", "org.slf4j.Logger", "dev.bandmaster.model.Data",
              "java.sql.Connection")) {
            try {
              Class.forName(name);
              seen.append(name).append(' ');
            } catch (ClassNotFoundException e) {
            }
          }
          seen.append(com.fasterxml.jackson.core.Version.NUMBER);
          return new Planned.Refused(seen.toString());
          """;
      bench.jars.jar(
          bench.folder.resolve("looks.jar"),
          "looks",
          "1",
          PluginApi.VERSION,
          Map.of(
              "example.Example",
              PluginJars.source("looks", "", looks),
              // Its own Jackson: another class by the same name as one of the bot's.
              "com.fasterxml.jackson.core.Version",
              "package com.fasterxml.jackson.core; public class Version { public static final String"
                  + " NUMBER = String.valueOf(\"its own\"); }"));
      bench.manager.start();
      assertThat(bench.says("looks"))
          .isEqualTo("dev.bandmaster.model.Data java.sql.Connection its own");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, true",
    "1.1, true",
    "0.9, false",
    "1.2, false",
    "2.0, false",
    "1, false",
    "x, false"
  })
  void pluginV1_theVersionOfTheApiIsChecked(String api, boolean fits) throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.jars.jar(
          bench.folder.resolve("hello.jar"),
          "hello",
          "1",
          api,
          Map.of("example.Example", PluginJars.source("hello", "", PluginJars.says("Hello."))));
      bench.manager.start();
      assertThat(bench.registry.find("hello").isPresent()).isEqualTo(fits);
      if (!fits) {
        assertThat(bench.manager.refused().get("hello.jar"))
            .isEqualTo(
                "The plugin hello was built for version %s of the plugin API; this bot has 1.1. Build it against this version."
                    .formatted(api));
      }
    }
  }

  @Test
  void pluginV1_noCodeComesFromWhereEveryoneMayWrite() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      Path jar = bench.put("hello", "1", PluginJars.source("hello", "", PluginJars.says("Hello.")));
      Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
      bench.manager.start();
      assertThat(bench.registry.find("hello")).isEmpty();
      assertThat(bench.operators).singleElement().asString().contains("chmod o-w");
    }
  }

  @Test
  void pluginV1_aMissingSettingRefusesThePlugin() throws IOException {
    String source =
        PluginJars.source("hello", "", PluginJars.says("Hello."))
            .replace(
                "static volatile",
                """
                public List<Setting> settings() {
                  return List.of(Setting.required("place", new Setting.Type.Text(), "Where."));
                }
                static volatile\
                """);
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put("hello", "1", source);
      bench.manager.start();
      assertThat(bench.manager.refused())
          .containsEntry("hello.jar", "It needs the settings place.");
    }
  }

  @Test
  void pluginV2_aChangedJarIsTakenWhileTheBotRuns() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.manager.start();
      bench.put("hello", "1", PluginJars.source("hello", "", PluginJars.says("One.")));
      bench.look();
      assertThat(bench.says("hello")).contains("One.");
      bench.put("hello", "2", PluginJars.source("hallo", "", PluginJars.says("Two.")));
      bench.look();
      assertThat(bench.registry.find("hello")).isEmpty();
      assertThat(bench.says("hallo")).contains("Two.");
      Files.delete(bench.folder.resolve("hello.jar"));
      bench.look();
      assertThat(bench.registry.find("hallo")).isEmpty();
      assertThat(bench.operators)
          .containsExactly("The plugin hello is gone, since its jar was removed.");
    }
  }

  @ParameterizedTest
  @CsvSource({"broken", "half", "empty", "silent", "throws", "taken"})
  void pluginV2_aBadJarLeavesTheLastGoodOne(String how) throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      Path jar = bench.put("hello", "1", PluginJars.source("hello", "", PluginJars.says("One.")));
      bench.manager.start();
      switch (how) {
        case "broken" -> Files.writeString(jar, "no jar");
        case "half" -> {
          byte[] whole = Files.readAllBytes(jar);
          Files.write(jar, java.util.Arrays.copyOf(whole, whole.length / 2));
        }
        case "empty" -> Files.write(jar, new byte[0]);
        case "silent" ->
            bench.put(
                "hello",
                "2",
                PluginJars.source("hello", "", PluginJars.says("Two."))
                    .replace(
                        "return List.of(new",
                        "return null; } List<CommandPlugin> no() { return List.of(new"));
        case "throws" ->
            bench.put(
                "hello",
                "2",
                PluginJars.source("hello", "", PluginJars.says("Two."))
                    .replace(
                        "context = given;", "if (true) throw new NoClassDefFoundError(\"x\");"));
        default -> bench.put("hello", "2", PluginJars.source("ping", "", PluginJars.says("Two.")));
      }
      bench.look();
      assertThat(bench.says("hello")).contains("One.");
      assertThat(bench.operators.getLast()).contains("Version 1 of hello stays in use.");
      assertThat(bench.manager.refused()).containsKey("hello.jar");
      assertThat(bench.command("ping").declaration().summary()).startsWith("pings nodes");
    }
  }

  @Test
  void pluginV2_theSamePluginTwiceKeepsTheFirst() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put("hello", "1", PluginJars.source("hello", "", PluginJars.says("One.")));
      bench.jars.jar(
          bench.folder.resolve("hello-2.jar"),
          "hello",
          "2",
          PluginJars.source("hello", "", PluginJars.says("Two.")));
      bench.manager.start();
      assertThat(bench.manager.lines()).hasSize(1);
      assertThat(bench.operators).singleElement().asString().contains("is there twice");
    }
  }

  private Job jobOf(PluginBench bench, long number) {
    Job sample = SampleJobs.ping(number, "web1");
    Job job =
        new Job(
            sample.id(),
            number,
            "hello",
            sample.right(),
            "hello",
            sample.asker(),
            sample.askerName(),
            sample.groups(),
            sample.place(),
            sample.question(),
            sample.work(),
            sample.backend(),
            sample.emergency(),
            sample.created(),
            sample.patience(),
            sample.state());
    Version version = ((VersionedPlugin) bench.command("hello")).version();
    store.commit(new Change.CreateJob(job, "bot-1"), new Change.PluginPlanned(job.id(), version));
    return job;
  }

  private static String presenting(String text) {
    return PluginJars.source(
        "hello",
        "public Presenter presenter() { return outcome -> \"" + text + "\"; }",
        PluginJars.says(text));
  }

  @Test
  void pluginV2_aRunningJobKeepsTheVersionThatPlannedIt() throws IOException {
    Job job;
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put("hello", "1", presenting("One."));
      bench.manager.start();
      job = jobOf(bench, 1);
      bench.put("hello", "2", presenting("Two."));
      bench.look();
      assertThat(bench.says("hello")).contains("Two.");
      assertThat(bench.plugins.presenter(job).describe(PluginBench.outcome("web1")))
          .isEqualTo("One.");
      assertThat(bench.plugins.presenter(jobOf(bench, 2)).describe(PluginBench.outcome("web1")))
          .isEqualTo("Two.");
    }
    try (PluginBench restarted = new PluginBench(temporary, store)) {
      restarted.manager.start();
      restarted.clock.advance(Duration.ofDays(1));
      restarted.look();
      assertThat(restarted.plugins.presenter(job).describe(PluginBench.outcome("web1")))
          .isEqualTo("One.");
    }
  }

  @Test
  void pluginV2_theCommandReloadsAndRemoves() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      Path jar = bench.put("hello", "1", PluginJars.source("hello", "", PluginJars.says("One.")));
      Files.writeString(bench.folder.resolve("hello.yaml"), "place: here\n");
      bench.manager.start();
      bench.put("hello", "2", PluginJars.source("hello", "", PluginJars.says("Two.")));
      assertThat(bench.manager.reload("hello")).isEqualTo("Loaded hello 2 with `hello`.");
      assertThat(bench.says("hello")).contains("Two.");
      assertThat(bench.manager.reload("nobody")).startsWith("There is no plugin 'nobody'.");
      assertThat(bench.manager.remove("hello", false))
          .isEqualTo(
              "The plugin hello is removed. Its configuration `hello.yaml` is left. Jobs that it planned go on.");
      assertThat(jar).doesNotExist();
      assertThat(bench.registry.find("hello")).isEmpty();
      bench.look();
      bench.put("hello", "3", PluginJars.source("hello", "", PluginJars.says("Three.")));
      bench.look();
      assertThat(bench.manager.remove("hello", true)).contains("Nothing of it is left.");
      assertThat(bench.folder.resolve("hello.yaml")).doesNotExist();
    }
  }

  @Test
  void pluginV3_aPluginThatThrowsIsSwitchedOffAndTheOthersStay() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put(
          "bad", "1", PluginJars.source("bad", "", "throw new StackOverflowError(\"deep\");"));
      bench.put("hello", "1", PluginJars.source("hello", "", PluginJars.says("Hello.")));
      bench.manager.start();
      assertThat(bench.says("bad"))
          .isEqualTo(
              "The plugin bad threw java.lang.StackOverflowError: deep in plan(). Nothing was done.");
      for (int i = 1; i < PluginHealth.MOST; i++) {
        assertThat(bench.operators).isEmpty();
        assertThat(bench.plan("bad")).isInstanceOf(Planned.Refused.class);
      }
      assertThat(bench.operators)
          .singleElement()
          .asString()
          .startsWith("The plugin bad is switched off");
      assertThat(bench.says("bad")).contains("is switched off").contains("plugins reload bad");
      assertThat(bench.says("hello")).contains("Hello.");
      bench.manager.reload("bad");
      assertThat(bench.says("bad")).contains("StackOverflowError");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "long end = System.nanoTime() + 9_000_000_000L; while (System.nanoTime() < end) { }, at once",
    "try { Thread.sleep(600000); } catch (InterruptedException e) { } return null;, later"
  })
  void pluginV3_aCallThatHangsEndsAtItsDeadline(String body, String off) throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store, Duration.ofSeconds(2), Map.of())) {
      bench.put("bad", "1", PluginJars.source("bad", "", "if (true) {" + body + "} return null;"));
      bench.manager.start();
      assertThat(bench.says("bad"))
          .isEqualTo("The plugin bad did not return within 2000 ms in plan(). Nothing was done.");
      if (off.equals("at once")) {
        assertThat(bench.says("bad")).contains("ignores being interrupted");
      } else {
        assertThat(bench.operators).isEmpty();
      }
    }
  }

  @Test
  void pluginV3_threadsThatAreLeftBehindAreNamedAndInterrupted() throws Exception {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put(
          "leaks",
          "1",
          PluginJars.source(
              "leaks",
              "",
              "new Thread(() -> { try { Thread.sleep(600000); } catch (InterruptedException e) { } },"
                  + " \"left-behind\").start(); return new Planned.Refused(\"no\");"));
      bench.manager.start();
      for (int i = 0; i < PluginHealth.MOST; i++) {
        assertThat(bench.says("leaks")).isEqualTo("no");
      }
      assertThat(bench.operators)
          .singleElement()
          .asString()
          .contains("left the thread 'left-behind' running");
      dev.bandmaster.core.testing.Await.until(
          "the threads end",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().equals("left-behind")));
    }
  }

  @Test
  void pluginV3_secretsAreTakenOutOfWhatAPluginSays() throws IOException {
    String source =
        PluginJars.source(
                "tell",
                "public Presenter presenter() { return outcome -> \"key \" + context.settings().text(\"key\").get(); }",
                "throw new IllegalStateException(context.settings().text(\"key\").get());")
            .replace(
                "static volatile",
                """
                public List<Setting> settings() {
                  return List.of(Setting.required("key", new Setting.Type.Secret(), "A key."));
                }
                static volatile\
                """);
    try (PluginBench bench =
        new PluginBench(temporary, store, Duration.ofSeconds(30), Map.of("key", "s3cret-value"))) {
      bench.put("tell", "1", source);
      bench.manager.start();
      assertThat(bench.says("tell")).contains("***").doesNotContain("s3cret-value");
      assertThat(bench.command("tell").presenter().describe(PluginBench.outcome("web1")))
          .isEqualTo("key ***");
    }
  }

  @Test
  void pluginV3_aCommandCannotPassForAnother() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put(
          "sly",
          "1",
          PluginJars.source(
              "sly",
              "public String permission(Arguments arguments) { return \"ping\"; }",
              PluginJars.says("x")));
      bench.manager.start();
      CommandPermission permission =
          () -> bench.command("sly").permission(dev.bandmaster.plugin.Arguments.NONE);
      org.assertj.core.api.Assertions.assertThatThrownBy(permission::get)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** Asks for a permission. */
  private interface CommandPermission {
    String get();
  }

  @Test
  void pluginV3_buttonsOfTheBotAreNotForPlugins() throws IOException {
    try (PluginBench bench = new PluginBench(temporary, store)) {
      bench.put(
          "press",
          "1",
          PluginJars.source(
              "press",
              "",
              "return new Planned.Answer(new Message(List.of(new Message.Header(\"Hi\"), new"
                  + " Message.Buttons(List.of(new Message.Button(\"approval.approve\", \"1\", \"OK\","
                  + " Message.Button.Style.PLAIN, Optional.empty()))))));"));
      bench.manager.start();
      assertThat(bench.plan("press"))
          .isEqualTo(
              new Planned.Answer(
                  new dev.bandmaster.plugin.Message(
                      List.of(new dev.bandmaster.plugin.Message.Header("Hi")))));
    }
  }
}
