package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.PATIENCE;
import static dev.bandmaster.stories.FleetStage.await;
import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testfleet.EmulatedFleet;
import dev.bandmaster.testfleet.FleetSettings;
import dev.bandmaster.testfleet.Naming;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.BrokerTraces;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import dev.bandmaster.testkit.ShippedFiles;
import dev.bandmaster.wire.BotKeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A bot is killed in the midst of a rollout: by itself on SQLite, as one of two on PostgreSQL. */
@Tag("real")
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class HandoverStoryTest {
  private static final String ROLLOUT = "codeupdate staging web version=1.4.2 --canary 1 --batch 2";
  private static final String POSTGRESQL =
      Optional.ofNullable(System.getenv("BANDMASTER_TEST_POSTGRESQL_URL"))
          .orElse("jdbc:postgresql://127.0.0.1:5432/test?user=postgres");
  private static final String RABBITMQ =
      Optional.ofNullable(System.getenv("BANDMASTER_TEST_AMQP_URI"))
          .orElse("amqp://guest:guest@127.0.0.1:5672");

  @TempDir private Path folder;
  private final String unique = "story" + ProcessHandle.current().pid() + "x" + System.nanoTime();
  private Path policy = ShippedFiles.config("policy.yaml");
  private SlackSimulator slack;
  private EmulatedFleet fleet;

  @BeforeEach
  void start() throws IOException {
    slack =
        SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
    Path artifact = folder.resolve("web-1.4.2.tar.gz");
    Files.writeString(artifact, "emulated agents fetch nothing");
    Files.writeString(Path.of(artifact + ".sha256"), "0123456789abcdef".repeat(4));
    String key = new BotOnSimulator(slack, RABBITMQ, folder.resolve("data"), Map.of()).keyLine();
    fleet =
        EmulatedFleet.start(
            FleetSettings.of(
                ConnectionSettings.of(RABBITMQ, "main", "fleet").withPrefix(unique),
                BotKeyRing.parse(List.of(key)),
                4),
            Naming.web("main", "staging"),
            Behaviours.late(Duration.ofSeconds(2), Behaviours.healthy()),
            InstantSource.system(),
            new SecureRandom());
  }

  @AfterEach
  void stop() throws IOException, TimeoutException {
    fleet.close();
    slack.close();
    BrokerTraces.sweep(RABBITMQ, unique, List.of("one", "two"));
  }

  private BotProcess bot(String replica, Path config) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("BANDMASTER_REPLICA", replica);
    environment.put("SLACK_APP_TOKEN", slack.workspace().bot().appToken());
    environment.put("SLACK_BOT_TOKEN", slack.workspace().bot().botToken());
    environment.put("SLACK_API_URL", slack.apiUrl());
    environment.put("BANDMASTER_BROKER", RABBITMQ);
    environment.put("BANDMASTER_PREFIX", unique);
    environment.put("BANDMASTER_DATA", folder.resolve("data").toString());
    environment.put("BANDMASTER_ENROLMENT", "automatic");
    environment.put("BANDMASTER_WEB_PORT", "0");
    environment.put("BANDMASTER_POLICY", policy.toString());
    environment.put("BANDMASTER_ARTIFACTS", folder.toUri().toString().replaceAll("/$", ""));
    return new BotProcess(config, environment, folder.resolve(replica + ".log"));
  }

  private void awaitFleet() throws InterruptedException {
    await(
        "the bot knows its nodes",
        () -> {
          try {
            return Conversation.direct(slack, "ann")
                .say("status", PATIENCE)
                .orElseThrow()
                .answer()
                .contains("4 nodes, 4 present");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private SeenMessage awaitRunning(String question) throws InterruptedException {
    return awaitMessage(
        "the canary is under way",
        () -> slack.thread("@ann", question).stream().skip(1).toList(),
        message -> message.shown().contains("batch 1 of 3"));
  }

  private void assertEndsIn(SeenMessage message, String question) throws InterruptedException {
    Ending end = Conversation.direct(slack, "ann").await(question, PATIENCE).orElseThrow();
    assertThat(end.isGood()).isTrue();
    assertThat(end.answer()).contains("3 batches", "4 nodes · took");
    assertThat(end.thread()).as("nobody answers twice").hasSize(2);
    assertThat(end.thread().getLast().ts()).isEqualTo(message.ts());
    assertThat(fleet.ledger().repeated()).as("nothing ran twice").isEmpty();
  }

  /** The shipped configuration on a schema of the test's own, for two replicas. */
  private Path onPostgresql() throws IOException, SQLException {
    execute("CREATE SCHEMA " + unique);
    String text =
        replaced(
            Files.readString(ShippedFiles.config("bandmaster.yaml")),
            "  sqlite:\n    file: ${BANDMASTER_DATA:-../data}/bandmaster.db\n",
            "  postgresql:\n    url: %s\n    user: %s\n%s"
                .formatted(
                    address().replaceAll("(?<=[?&])(?:user|password)=[^&]*&?", ""),
                    parameter("user").orElse("postgres"),
                    parameter("password").map("    password: %s\n"::formatted).orElse("")));
    return Files.writeString(
        folder.resolve("bandmaster.yaml"),
        replaced(text, "  update_interval: 2s\n", "  update_interval: 500ms\n  lease: 3s\n"));
  }

  private static String replaced(String text, String old, String other) {
    assertThat(text).contains(old);
    return text.replace(old, other);
  }

  /** Ann's deploys to staging wait for bob too. */
  private void wantApproval() throws IOException {
    policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            Files.readString(ShippedFiles.config("policy.yaml"))
                .replaceFirst(
                    "(?s)(  - id: developers-deploy-to-prod.*?envs: )\\[prod\\]",
                    "$1[prod, staging]"));
  }

  @Test
  void trap28_ofTwoReplicasTheOneWithTheJobIsKilledAndTheOtherFinishesIt() throws Exception {
    Path config = onPostgresql();
    try (BotProcess one = bot("one", config);
        BotProcess two = bot("two", config)) {
      await("both are connected", () -> slack.connections() >= 2);
      awaitFleet();
      String question = slack.say("ann", "@ann", ROLLOUT);
      SeenMessage message = awaitRunning(question);
      String owner = ask("SELECT seat FROM job");
      assertThat(owner).isIn("one", "two");

      (owner.equals("one") ? one : two).kill();

      assertEndsIn(message, question);
    } finally {
      execute("DROP SCHEMA " + unique + " CASCADE");
    }
  }

  @Test
  void reliabilityR11_aReplicaThatIsStoppedHandsItsJobOverAndNobodyWaitsForItsLease()
      throws Exception {
    Path config = onPostgresql();
    Files.writeString(config, replaced(Files.readString(config), "lease: 3s", "lease: 10m"));
    try (BotProcess one = bot("one", config);
        BotProcess two = bot("two", config)) {
      await("both are connected", () -> slack.connections() >= 2);
      awaitFleet();
      String question = slack.say("ann", "@ann", ROLLOUT);
      SeenMessage message = awaitRunning(question);

      (ask("SELECT seat FROM job").equals("one") ? one : two).stop();

      assertEndsIn(message, question);
    } finally {
      execute("DROP SCHEMA " + unique + " CASCADE");
    }
  }

  @Test
  void trap28_aBotThatIsKilledGoesOnInTheSameMessageWhenItIsBack() throws Exception {
    try (BotProcess bot = bot("one", ShippedFiles.config("bandmaster.yaml"))) {
      await("it is connected", () -> slack.connections() >= 1);
      awaitFleet();
      String question = slack.say("ann", "@ann", ROLLOUT);
      SeenMessage message = awaitRunning(question);

      bot.kill();
      bot.startAgain();

      assertEndsIn(message, question);
    }
  }

  @Test
  void
      approvalP16_trap29_trapTeleport_aBotThatIsKilledBeforeAClickAndAfterItsAcknowledgementCountsIt()
          throws Exception {
    wantApproval();
    try (BotProcess bot = bot("one", ShippedFiles.config("bandmaster.yaml"))) {
      await("it is connected", () -> slack.connections() >= 1);
      awaitFleet();
      String question = slack.say("ann", "#ops", "@bandmaster " + ROLLOUT);
      SeenMessage waits = awaitRequest(question);

      bot.kill();
      await("Slack has noticed", () -> slack.connections() == 0);
      bot.startAgain();
      await("it is connected again", () -> slack.connections() >= 1);
      assertThat(slack.click("bob", "#ops", waits.ts(), "approval.approve"))
          .isInstanceOf(Delivery.Acknowledged.class);
      bot.kill();
      bot.startAgain();

      assertRuns(question, waits);
    }
  }

  @Test
  void approvalP7_clicksAtTheSameTimeOnTwoReplicasAreOneDispatch() throws Exception {
    wantApproval();
    Path config = onPostgresql();
    try (BotProcess _ = bot("one", config);
        BotProcess _ = bot("two", config)) {
      await("both are connected", () -> slack.connections() >= 2);
      awaitFleet();
      String question = slack.say("ann", "#ops", "@bandmaster " + ROLLOUT);
      SeenMessage waits = awaitRequest(question);
      List<Thread> fingers =
          IntStream.range(0, 6)
              .mapToObj(i ->
                  Thread.ofVirtual()
                      .start(() -> slack.click("bob", "#ops", waits.ts(), "approval.approve")))
              .toList();
      for (Thread finger : fingers) {
        finger.join();
      }
      assertRuns(question, waits);
      assertThat(ask("SELECT COUNT(*) FROM approval_vote")).isEqualTo("1");
      assertThat(ask("SELECT status FROM approval")).isEqualTo("DISPATCHED");
      awaitMessage(
          "the others are told who was first",
          () -> slack.people().everything("#ops"),
          message -> message.shown().contains("already"));
    } finally {
      execute("DROP SCHEMA " + unique + " CASCADE");
    }
  }

  private SeenMessage awaitRequest(String question) throws InterruptedException {
    return awaitMessage(
        "it waits for approval",
        () -> slack.thread("#ops", question).stream().skip(1).toList(),
        message -> message.actionIds().contains("approval.approve"));
  }

  private void assertRuns(String question, SeenMessage waits) throws InterruptedException {
    SeenMessage done =
        awaitMessage(
            "it runs to its end",
            () -> slack.thread("#ops", question).stream().skip(1).toList(),
            message -> message.shown().contains("✅") && message.shown().contains("4 nodes · took"));
    assertThat(done.ts()).as("in the same message").isEqualTo(waits.ts());
    assertThat(fleet.ledger().repeated()).as("nothing ran twice").isEmpty();
  }

  private static Optional<String> parameter(String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(POSTGRESQL);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private String address() {
    return POSTGRESQL + "&currentSchema=" + unique;
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private String ask(String question) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address());
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(question)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
