package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.PATIENCE;
import static dev.bandmaster.stories.FleetStage.await;
import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.app.Bot;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment behind a bootstrapper, beside one with agents. */
class BootstrapperStoryTest {
  @TempDir private Path folder;
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private SlackSimulator slack;
  private FakeBootstrapper service;
  private @Nullable Bot bot;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    slack =
        SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
    service = new FakeBootstrapper();
    startBot();
  }

  @AfterEach
  void stop() {
    stopBot();
    service.close();
    slack.close();
    broker.close();
  }

  private void startBot() throws IOException, InterruptedException {
    BotOnSimulator prepared =
        new BotOnSimulator(
            slack,
            broker.uri(),
            folder.resolve("bot"),
            Map.of("BANDMASTER_POLICY", policy().toString()));
    Path config = config();
    Bot started =
        prepared.start(
            usual -> prepared.config(config),
            reason -> {
              throw new IllegalStateException(reason);
            });
    bot = started;
    await("the bot is ready", started::isReady);
  }

  private void stopBot() {
    Bot running = bot;
    if (running != null) {
      running.close();
    }
    bot = null;
  }

  /** The shipped policy, in which developers may do more in staging. */
  private Path policy() throws IOException {
    String text = Files.readString(ShippedFiles.config("policy.yaml"));
    return Files.writeString(
        folder.resolve("policy.yaml"),
        replaced(
            text,
            "rules:\n",
            """
            rules:
              - id: developers-use-roles
                effect: allow
                who: [group:developers]
                where: [dm]
                actions: [role, eip]
                apps: "*"
                envs: [staging]
            """));
  }

  private Path config() throws IOException {
    String text = Files.readString(ShippedFiles.config("bandmaster.yaml"));
    text =
        replaced(
            text,
            "    description: where changes are tried\n",
            """
                description: where changes are tried
                backend:
                  kind: bootstrapper
                  url: %s
                  token: %s
                  modules: [ping, service]
                  roles: [base, web]
            """
                .formatted(service.url(), FakeBootstrapper.TOKEN));
    return Files.writeString(
        folder.resolve("bandmaster.yaml"),
        replaced(
            text,
            "    description: the shop's pages\n",
            "    description: the shop's pages\n    tags: \"{app},{version}\"\n"));
  }

  private static String replaced(String text, String old, String other) {
    assertThat(text).contains(old);
    return text.replace(old, other);
  }

  private Ending says(String line) throws InterruptedException {
    return says("ann", line);
  }

  private Ending says(String person, String line) throws InterruptedException {
    return Conversation.direct(slack, person)
        .say(line, PATIENCE)
        .orElseThrow(() -> new AssertionError("no end of: " + line));
  }

  private SeenMessage awaitRunning(String question) throws InterruptedException {
    return awaitMessage(
        "it runs",
        () -> slack.thread("@ann", question).stream().skip(1).toList(),
        message -> message.shown().contains("runs; the bootstrapper shows no output"));
  }

  private Ending end(String question) throws InterruptedException {
    return Conversation.direct(slack, "ann").await(question, PATIENCE).orElseThrow();
  }

  @Test
  void backendX2_commandsOfAnEnvironmentBehindABootstrapperRunThere() throws InterruptedException {
    Ending deploy = says("codeupdate staging web version=1.4.1");
    assertThat(deploy.isGood()).isTrue();
    assertThat(deploy.answer())
        .contains("2 nodes · took", "web[1-2]", "ok 2, changed 1")
        .doesNotContain("web@staging");

    Ending partly = says("codeupdate staging web version=1.5.0");
    assertThat(partly.isGood()).isFalse();
    assertThat(partly.answer()).contains("1 of 2 nodes succeeded · 1 failed", "failed 1, ok 2");

    assertThat(says("rollback staging web").answer()).contains("version=1.4.1");
    assertThat(says("bob", "adhoc staging web1 ping").answer()).contains("web1 | SUCCESS");
    assertThat(says("role staging web7 base,web").answer()).contains("web7", "ok 2, changed 1");
    assertThat(says("eip staging i-0a1b2c web").answer()).contains("i-0a1b2c", "ok 2, changed 1");
    assertThat(service.started())
        .containsExactly(
            "update-code web,1.4.1 staging",
            "update-code web,1.5.0 staging",
            "update-code web,1.4.1 staging",
            "adhoc web1 ping",
            "role web7 base,web",
            "set_eip i-0a1b2c web");

    assertThat(says("codeupdate staging web version=1.4.2 --canary 1").answer())
        .contains("chooses the hosts itself", "--canary");
    assertThat(says("bob", "adhoc staging web1 disk").answer()).contains("not allowed in staging");
    assertThat(says("role staging web1 base,database").answer()).contains("'database'");
    assertThat(says("bob", "adhoc staging web1 service 'name=web;reboot'").answer())
        .contains("cannot be passed on");
    assertThat(says("where web").answer()).contains("staging", "1.4.1");
    assertThat(says("history staging").answer()).contains("1.5.0");
    assertThat(says("status").answer()).contains("bootstrapper-staging", "connected");
    assertThat(service.started()).hasSize(6);
  }

  @Test
  void backendX4_aBotThatIsRestartedFinishesTheSameMessage() throws Exception {
    service.hold(true);
    String question = slack.say("ann", "@ann", "codeupdate staging web version=1.4.2");
    SeenMessage message = awaitRunning(question);

    stopBot();
    service.hold(false);
    startBot();

    Ending ending = end(question);
    assertThat(ending.isGood()).isTrue();
    assertThat(ending.thread()).as("one message per job").hasSize(2);
    assertThat(ending.thread().getLast().ts()).isEqualTo(message.ts());
    assertThat(ending.answer()).contains("2 nodes · took");
    assertThat(service.started()).containsExactly("update-code web,1.4.2 staging");
  }

  @Test
  void backendX5_aQueueThatIsLostEndsTheJobWithASentence() throws InterruptedException {
    service.hold(true);
    String question = slack.say("ann", "@ann", "codeupdate staging web version=1.4.2");
    var _ = awaitRunning(question);
    service.loseEverything();

    assertThat(end(question).answer())
        .contains("web@staging", "its queue was lost in a restart", "It may have run");
    assertThat(service.started()).hasSize(1);
  }

  @Test
  void backendX6_cancellingSaysThatTheWorkGoesOn() throws InterruptedException {
    service.hold(true);
    String question = slack.say("ann", "@ann", "codeupdate staging web version=1.4.2");
    SeenMessage message = awaitRunning(question);
    String number = message.shown().replaceAll("(?s).*?job (\\d+).*", "$1");

    var _ = says("cancel " + number);

    Ending ending = end(question);
    assertThat(ending.answer()).contains("the work goes on", "no longer waits");
    assertThat(Objects.requireNonNull(bot).isReady()).isTrue();
    assertThat(List.copyOf(service.started())).hasSize(1);
  }
}
