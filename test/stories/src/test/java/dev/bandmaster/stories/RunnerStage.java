package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.PATIENCE;
import static dev.bandmaster.stories.FleetStage.await;
import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.agent.Agent;
import dev.bandmaster.agent.AgentMain;
import dev.bandmaster.app.Bot;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import dev.bandmaster.testkit.ShippedFiles;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Slack, a broker, a bot with the environment staging behind runners, and runners. */
final class RunnerStage implements AutoCloseable {
  private final Path folder;
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final SlackSimulator slack;
  private final Map<String, Agent> agents = new HashMap<>();
  private Optional<Bot> bot = Optional.empty();

  RunnerStage(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    slack =
        SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
    policy();
    config();
  }

  private static String replaced(String text, String old, String other) {
    assertThat(text).contains(old);
    return text.replace(old, other);
  }

  /** The shipped policy, in which developers may do more in staging. */
  private void policy() throws IOException {
    Files.writeString(
        folder.resolve("policy.yaml"),
        replaced(
            Files.readString(ShippedFiles.config("policy.yaml")),
            "rules:\n",
            """
            rules:
              - id: developers-use-roles
                effect: allow
                who: [group:developers, group:sre]
                where: [dm]
                actions: [role, "adhoc:*"]
                apps: "*"
                envs: [staging]
            """));
  }

  private void config() throws IOException {
    String text = Files.readString(ShippedFiles.config("bandmaster.yaml"));
    text =
        replaced(
            text,
            "    description: where changes are tried\n",
            """
                description: where changes are tried
                backend:
                  kind: ansible
                  runners: tag=runner
                  modules: [ping, command]
                  roles: [base, web]
            """);
    Files.writeString(
        folder.resolve("bandmaster.yaml"),
        replaced(
            text,
            "    description: the shop's pages\n",
            "    description: the shop's pages\n    tags: \"{app},{version}\"\n"));
  }

  private BotOnSimulator prepared() {
    return new BotOnSimulator(
        slack,
        broker.uri(),
        folder.resolve("bot"),
        Map.of("BANDMASTER_POLICY", folder.resolve("policy.yaml").toString()));
  }

  void startBot() throws InterruptedException {
    BotOnSimulator prepared = prepared();
    Bot started =
        prepared.start(
            usual -> prepared.config(folder.resolve("bandmaster.yaml")),
            reason -> {
              throw new IllegalStateException(reason);
            });
    bot = Optional.of(started);
    await("the bot is ready", started::isReady);
  }

  /** The bot as a process, which can be killed. */
  BotProcess startBotProcess() throws IOException, InterruptedException {
    BotProcess process =
        new BotProcess(
            folder.resolve("bandmaster.yaml"), prepared().environment(), folder.resolve("bot.log"));
    await("it is connected", () -> slack.connections() > 0);
    return process;
  }

  /** The configuration of a runner, whose section of Ansible is given. */
  private Path agentFile(String name, String ansible) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    return Files.writeString(
        home.resolve("agent.yaml"),
        """
        node: %s
        env: ops
        tags: [runner]
        uri: %s
        state: state
        bots: {keys: ["%s"]}
        limits: {heartbeat: 1s}
        policy:
          - {callers: ["*"], actions: ["ansible.*", "job.*"], apps: ["*"], envs: [ops, staging]}
        ansible:
        %s\
        """
            .formatted(name, broker.uri(), prepared().keyLine(), ansible.indent(2)));
  }

  void startAgent(String name, String ansible) throws IOException {
    AgentConfig config = AgentConfig.load(agentFile(name, ansible), StrictYaml.standard()).value();
    agents.put(name, Agent.connect(config, InstantSource.system(), new SecureRandom()));
  }

  void stopAgent(String name) {
    Optional.ofNullable(agents.remove(name)).ifPresent(Agent::close);
  }

  /** A runner as a process, which can be killed; the caller ends it. */
  Process startAgentProcess(String name, String ansible) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AgentMain.class.getName(),
                "--config",
                agentFile(name, ansible).toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
        .redirectInput(Path.of("/dev/null").toFile())
        .start();
  }

  /** Waits until the bot says that a runner of staging is there. */
  void awaitRunner() throws InterruptedException {
    await(
        "a runner is there",
        () -> {
          try {
            return says("bob", "status")
                .answer()
                .matches("(?s).*ansible-staging\\W+connected since.*");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  SlackSimulator slack() {
    return slack;
  }

  Ending says(String person, String line) throws InterruptedException {
    return Conversation.direct(slack, person)
        .say(line, PATIENCE)
        .orElseThrow(() -> new AssertionError("no end of: " + line));
  }

  /** Waits for the end of what ann asked. */
  Ending end(String question) throws InterruptedException {
    return Conversation.direct(slack, "ann").await(question, PATIENCE).orElseThrow();
  }

  /** Waits until the answer to what ann asked shows these words. */
  SeenMessage awaitShown(String question, String... words) throws InterruptedException {
    return awaitMessage(
        "it shows " + List.of(words),
        () -> slack.thread("@ann", question).stream().skip(1).toList(),
        message -> List.of(words).stream().allMatch(message.shown()::contains));
  }

  @Override
  public void close() {
    bot.ifPresent(Bot::close);
    List.copyOf(agents.keySet()).forEach(this::stopAgent);
    slack.close();
    broker.close();
  }
}
