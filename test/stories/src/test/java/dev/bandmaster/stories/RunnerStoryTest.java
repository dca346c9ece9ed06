package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment behind runners, whose Ansible is a program that behaves like it. */
class RunnerStoryTest {
  @TempDir private Path folder;
  private RunnerStage stage;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    stage = new RunnerStage(folder);
  }

  @AfterEach
  void stop() throws IOException {
    release();
    stage.close();
  }

  /** Ansible on two hosts; it waits after the first while the file "hold" is there. */
  private String ansible() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("fake-ansible"),
            """
            #!/bin/sh
            say() { printf '{"bandmaster":"%%s",%%s}\\n' "$BANDMASTER_ANSIBLE_WORD" "$1"; }
            result() { say "\\"event\\":\\"result\\",\\"host\\":\\"$1\\",\\"task\\":\\"install\\",\\"status\\":\\"$2\\",\\"text\\":\\"$3\\""; }
            count() { say "\\"event\\":\\"stats\\",\\"hosts\\":{\\"$1\\":{\\"ok\\":2,\\"changed\\":1,\\"failures\\":$2,\\"unreachable\\":0,\\"skipped\\":0}}"; }
            printf '%%s\\n' "$*" >> %1$s/started
            say '"event":"task","name":"install"'
            case "$*" in *--limit=web7*) result web7 changed '' ;; *) result web1 changed '' ;; esac
            while [ -e %1$s/hold ]; do sleep 0.05; done
            case "$*" in
              *1.5.0*) result web2 failed 'no such release'; count web1 0; count web2 1; exit 2 ;;
              *--module-name*) result web1 ok 'pong'; count web1 0 ;;
              *--limit=web7*) count web7 0 ;;
              *) result web2 changed ''; count web1 0; count web2 0 ;;
            esac
            """
                .formatted(folder));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return """
    programs: {ansible: %1$s, playbook: %1$s}
    environments:
      staging:
        inventory: hosts
        update_code: update-code.yml
        modules: [ping]
        roles: [base, web]
    """
        .formatted(program);
  }

  private void hold() throws IOException {
    Files.writeString(folder.resolve("hold"), "");
  }

  private void release() throws IOException {
    Files.deleteIfExists(folder.resolve("hold"));
  }

  private List<String> started() throws IOException {
    Path file = folder.resolve("started");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void startBotAndRunners() throws IOException, InterruptedException {
    stage.startBot();
    stage.startAgent("r1", ansible());
    stage.startAgent("r2", ansible());
    stage.awaitRunner();
  }

  @Test
  void runnerY2_commandsOfAnEnvironmentBehindRunnersRunThere() throws Exception {
    startBotAndRunners();

    Ending deploy = stage.says("ann", "codeupdate staging web version=1.4.1");
    assertThat(deploy.answer())
        .contains("2 nodes · took", "web[1-2]", "ok 2, changed 1")
        .doesNotContain("web@staging", "r1", "r2");
    assertThat(deploy.isGood()).isTrue();

    Ending partly = stage.says("ann", "codeupdate staging web version=1.5.0");
    assertThat(partly.isGood()).isFalse();
    assertThat(partly.answer()).contains("1 of 2 nodes succeeded · 1 failed", "failed 1, ok 2");

    assertThat(stage.says("ann", "rollback staging web").answer()).contains("version=1.4.1");
    assertThat(stage.says("bob", "adhoc staging web1 ping").answer()).contains("pong");
    assertThat(stage.says("ann", "role staging web7 base,web").answer())
        .contains("web7", "ok 2, changed 1");
    assertThat(started()).hasSize(5);
    assertThat(started().get(0)).contains("--tags=web,1.4.1");
    assertThat(started().get(3)).contains("--module-name=ping");

    assertThat(stage.says("ann", "role staging web7 base --dry-run").answer()).contains("web7");
    assertThat(started().getLast()).contains("--check --diff");
    assertThat(stage.says("ann", "codeupdate staging web version=1.4.9 --dry-run").isGood())
        .isTrue();
    assertThat(started().getLast()).contains("--check --diff", "--tags=web,1.4.9");
    assertThat(stage.says("ann", "where web").answer())
        .as("a dry run is no deploy")
        .contains("staging", "1.4.1")
        .doesNotContain("1.4.9");

    int before = started().size();
    assertThat(stage.says("bob", "adhoc staging web1 command uptime").answer())
        .contains("None of the connected runners of staging", "allows this");
    assertThat(stage.says("bob", "adhoc staging web1 disk").answer())
        .contains("not allowed in staging");
    assertThat(stage.says("ann", "role staging web1 base,database").answer())
        .contains("'database'");
    assertThat(stage.says("ann", "role staging all base").answer()).contains("cannot be worked on");
    assertThat(stage.says("ann", "codeupdate staging web version=1.4.2 --canary 1").answer())
        .contains("chooses the hosts itself", "--canary");
    assertThat(started()).hasSize(before);
  }

  @Test
  void runnerY2_hostsAppearWhileTheWorkRunsAndCancelEndsIt() throws Exception {
    startBotAndRunners();
    hold();
    String question = stage.slack().say("ann", "@ann", "codeupdate staging web version=1.4.2");
    SeenMessage message = stage.awaitShown(question, "web1", "install: changed", "web@staging");
    String number = message.shown().replaceAll("(?s).*?job (\\d+).*", "$1");

    var _ = stage.says("ann", "cancel " + number);

    Ending ending = stage.end(question);
    assertThat(ending.isGood()).isFalse();
    assertThat(ending.answer()).contains("ancelled", "its processes were killed");
    assertThat(ending.thread()).as("one message per job").hasSize(2);
  }

  @Test
  void runnerY2_aBotThatIsKilledFinishesTheSameMessage() throws Exception {
    stage.startAgent("r1", ansible());
    stage.startAgent("r2", ansible());
    hold();
    try (BotProcess bot = stage.startBotProcess()) {
      stage.awaitRunner();
      String question = stage.slack().say("ann", "@ann", "codeupdate staging web version=1.4.2");
      SeenMessage message = stage.awaitShown(question, "install: changed");

      bot.kill();
      await("Slack has noticed", () -> stage.slack().connections() == 0);
      release();
      bot.startAgain();

      Ending ending = stage.end(question);
      assertThat(ending.isGood()).isTrue();
      assertThat(ending.answer()).contains("2 nodes · took");
      assertThat(ending.thread()).as("one message per job").hasSize(2);
      assertThat(ending.thread().getLast().ts()).isEqualTo(message.ts());
      assertThat(started()).as("it ran once").hasSize(1);
    }
  }

  @Test
  void runnerY2_aRunnerThatIsKilledEndsTheJobAsLost() throws Exception {
    stage.startBot();
    Process runner = stage.startAgentProcess("r1", ansible());
    try {
      stage.awaitRunner();
      hold();
      String question = stage.slack().say("ann", "@ann", "codeupdate staging web version=1.4.2");
      var _ = stage.awaitShown(question, "install: changed");

      runner.destroyForcibly();
      assertThat(runner.waitFor()).isNotZero();
      runner = stage.startAgentProcess("r1", ansible());

      assertThat(stage.end(question).answer())
          .contains("web1", "web@staging", "The agent restarted during this request");
      assertThat(started()).as("it is not run again").hasSize(1);
    } finally {
      runner.destroy();
      runner.waitFor();
    }
  }

  @Test
  void runnerY2_withoutARunnerASentenceComesAtOnce() throws Exception {
    stage.startBot();
    assertThat(stage.says("ann", "codeupdate staging web version=1.4.1").answer())
        .contains("No runner is connected that could work for staging", "tag=runner");
    assertThat(stage.says("bob", "status").answer()).contains("ansible-staging");
  }
}
