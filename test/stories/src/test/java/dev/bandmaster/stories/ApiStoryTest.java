package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.app.Main;
import dev.bandmaster.config.ApiConfig;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.yaml.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline deploys by the API and waits for people in Slack; a person uses a token. */
class ApiStoryTest {
  private static final String CI = "ci-0123456789abcdef0123456789abcdef";

  /** The rules of docs/how-to/command-line.md. */
  private static final String RULES =
      """
        - id: ci-deploys
          effect: approve
          who: [service:ci]
          where: [api]
          actions: [codeupdate]
          apps: "*"
          envs: [prod]
          fleet_wide: allow
          approve: {approvers: [group:sre]}
        - id: ci-follows
          effect: allow
          who: [service:ci]
          where: [api]
          actions: [job, jobs]
          apps: "*"
          envs: "*"
        - id: sre-approves-what-the-api-asks
          effect: allow
          who: [group:sre]
          where: [api]
          actions: "*"
          apps: "*"
          envs: "*"
        - id: tokens
          effect: allow
          who: [group:developers, group:sre]
          where: [dm]
          actions: [token]
          apps: "*"
          envs: "*"
      """;

  @TempDir private static Path folder;
  private static FleetStage stage;

  private final ExecutorService shells = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    stage =
        new FleetStage(
            folder,
            "prod",
            config ->
                config.withApi(
                    new ApiConfig(
                        Optional.of("C0OPS"), List.of(), 6_000, Map.of("ci", Secret.of(CI)))),
            UnaryOperator.identity());
    String policy = Files.readString(stage.policy());
    Files.writeString(
        stage.policy(),
        policy.replaceFirst("(?m)^rules:\n", Matcher.quoteReplacement("rules:\n" + RULES)));
    FleetStage.await("the policy is in force", () -> shell(CI, "jobs").exitCode() == 0);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  private record Ran(int exitCode, String out, String err) {}

  private static Ran shell(String token, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(
                Map.of(
                    "BANDMASTER_URL",
                    "http://127.0.0.1:" + stage.webPort(),
                    "BANDMASTER_TOKEN",
                    token))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private static SeenMessage request(String version) throws InterruptedException {
    return awaitMessage(
        "the request for " + version + " is in the channel",
        () -> stage.slack().people().everything("#ops"),
        message ->
            message.shown().contains(version) && message.shown().contains("Awaits approval"));
  }

  @Test
  void apiZ4_aPipelineDeploysOnceSomebodyApprovesInSlack() throws Exception {
    CompletableFuture<Ran> pipeline =
        CompletableFuture.supplyAsync(
            () -> shell(CI, "say", "codeupdate prod web version=1.4.2"), shells);
    SeenMessage waits = request("1.4.2");
    assertThat(waits.actionIds()).contains("approval.approve", "approval.reject");
    stage.slack().click("bob", "#ops", waits.ts(), "approval.approve");
    Ran ran = pipeline.join();
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out()).contains("awaiting approval", "succeeded  4/4");
    awaitMessage(
        "the channel shows the end",
        () -> stage.slack().people().everything("#ops"),
        message -> message.ts().equals(waits.ts()) && message.shown().contains("4 nodes · took"));
  }

  @Test
  void apiZ4_aPipelineThatDoesNotWaitExitsWith3AndOneThatIsRejectedWith2() throws Exception {
    Ran asked = shell(CI, "say", "--no-wait", "codeupdate prod web version=1.5.0");
    assertThat(asked.exitCode()).as(asked.out() + asked.err()).isEqualTo(3);
    String job = asked.out().replaceAll("(?s).*?job (\\d+).*", "$1");
    CompletableFuture<Ran> follows =
        CompletableFuture.supplyAsync(() -> shell(CI, "job", "--follow", job), shells);
    stage.slack().say("bob", "#ops", "@bandmaster reject " + job + " not today");
    Ran ended = follows.join();
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(2);
  }

  @Test
  void apiZ2_aTokenMadeInDirectMessagesActsAsThePersonWhoMadeIt() throws Exception {
    Conversation bob = Conversation.direct(stage.slack(), "bob");
    String answer =
        bob.say("token create --for laptop --expires 30d", FleetStage.PATIENCE)
            .orElseThrow()
            .answer();
    Matcher token = Pattern.compile("bmt_[A-Za-z0-9_-]{43}").matcher(answer);
    assertThat(token.find()).as(answer).isTrue();
    assertThat(shell(token.group(), "say", "locks").exitCode()).isZero();
    assertThat(shell(CI, "say", "locks").exitCode())
        .as("the service has other rights")
        .isEqualTo(2);
    assertThat(bob.say("token list", FleetStage.PATIENCE).orElseThrow().answer())
        .contains("laptop", "last used");
    bob.say("token revoke 1", FleetStage.PATIENCE);
    assertThat(shell(token.group(), "say", "locks").exitCode()).isEqualTo(2);
  }
}
