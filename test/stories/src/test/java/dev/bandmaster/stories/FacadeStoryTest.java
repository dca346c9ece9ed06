package dev.bandmaster.stories;

import static dev.bandmaster.stories.FleetStage.PATIENCE;
import static dev.bandmaster.stories.FleetStage.await;
import static dev.bandmaster.stories.FleetStage.awaitMessage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bootstrapper.BootstrapperClient;
import dev.bandmaster.bootstrapper.BootstrapperSettings;
import dev.bandmaster.bootstrapper.HostStats;
import dev.bandmaster.bootstrapper.JobResult;
import dev.bandmaster.bootstrapper.Submission;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.ApiToken;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.api.ApiSecrets;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines boot and ask the bot, as they would ask a bootstrapper, for an address and a role. The
 * bot is a process of its own, and a bootstrapper behind it stands for what runs Ansible.
 */
@Tag("real")
class FacadeStoryTest {
  private static final String TOKEN = "scaling-0123456789abcdef0123456789abcdef";

  private static final String RULES =
      """
      rules:
        - id: autoscaling-attaches-addresses
          effect: allow
          who: [service:autoscaling]
          where: [api]
          actions: [eip]
          apps: "*"
          envs: [prod]
        - id: autoscaling-brings-roles
          effect: approve
          who: [service:autoscaling]
          where: [api]
          actions: [role]
          apps: "*"
          envs: [prod]
          approve: {approvers: [group:sre]}
        - id: autoscaling-tries
          effect: allow
          who: [service:autoscaling]
          where: [api]
          actions: [role, codeupdate, "adhoc:*"]
          apps: "*"
          envs: [staging]
        - id: sre-approves-what-the-api-asks
          effect: allow
          who: [group:sre]
          where: [api]
          actions: "*"
          apps: "*"
          envs: "*"
      """;

  @TempDir private static Path folder;
  private static EmbeddedBroker broker;
  private static SlackSimulator slack;
  private static FakeBootstrapper service;
  private static BotProcess bot;
  private static int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService machines = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    broker = EmbeddedBroker.start();
    slack =
        SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
    service = new FakeBootstrapper();
    port = OutsideProgram.freePort();
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            replaced(Files.readString(ShippedFiles.config("policy.yaml")), "rules:\n", RULES));
    Files.writeString(
        folder.resolve("facade-header"), "Authorization: Bearer %s\n".formatted(TOKEN));
    BotOnSimulator prepared =
        new BotOnSimulator(
            slack,
            broker.uri(),
            folder.resolve("bot"),
            Map.of(
                "BANDMASTER_POLICY",
                policy.toString(),
                "BANDMASTER_WEB_PORT",
                Integer.toString(port)));
    giveTokens();
    bot = new BotProcess(config(), prepared.environment(), folder.resolve("bot.log"));
    awaitBot();
  }

  @AfterAll
  static void stop() {
    bot.close();
    service.close();
    slack.close();
    broker.close();
  }

  /** Tokens of people: of bob one that has expired, and of dan, who has left. */
  private static void giveTokens() {
    Instant now = Instant.now();
    try (JdbiStore store =
        JdbiStore.open(
            new StoreSettings.Sqlite(folder.resolve("bot").resolve("bandmaster.db")),
            InstantSource.system())) {
      token(store, "U0BOB", "bob-expired", now.minusSeconds(60));
      token(store, "U0DAN", "dan-left", now.plusSeconds(86_400));
    }
  }

  private static void token(JdbiStore store, String user, String text, Instant expires) {
    store.commit(
        new Change.CreateApiToken(
            new ApiToken(
                store.apiTokens().nextNumber(),
                new UserRef(slack.workspace().team().id(), user),
                user,
                "laptop",
                ApiSecrets.hash(text),
                Instant.now(),
                expires,
                Optional.empty(),
                Optional.empty())));
  }

  private static void awaitBot() throws InterruptedException {
    await("Slack has the bot", () -> slack.connections() > 0);
    await("the facade answers", () -> client().problem().isEmpty());
  }

  private static Path config() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("eip"),
            "#!/bin/sh\necho \"$@\" >> %s\n".formatted(folder.resolve("eip-runs")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String backend =
        """
            backend:
              kind: bootstrapper
              url: %s
              token: %s
              modules: [ping]
              roles: [base, web]
        """
            .formatted(service.url(), FakeBootstrapper.TOKEN);
    String text = Files.readString(ShippedFiles.config("bandmaster.yaml"));
    for (String place : List.of("where changes are tried", "where customers are")) {
      String line = "    description: " + place + "\n";
      text = replaced(text, line, line + backend);
    }
    text =
        replaced(
            text,
            "    description: the shop's pages\n",
            "    description: the shop's pages\n    tags: \"{app},{version}\"\n");
    return Files.writeString(
        folder.resolve("bandmaster.yaml"),
        text
            + """
            api:
              channel: C0OPS
              services:
                autoscaling: {token: %1$s}
              facade:
                environments: {autoscaling: staging}
            eips:
              attach: [%2$s, attach, "{instance}", "{address}"]
              detach: [%2$s, detach, "{instance}", "{address}"]
              pools:
                prod: {web: [203.0.113.10, 203.0.113.11]}
            """
                .formatted(TOKEN, program));
  }

  private static String replaced(String text, String old, String other) {
    assertThat(text).contains(old);
    return text.replace(old, other);
  }

  private static BootstrapperClient client() {
    return new BootstrapperClient(
        new BootstrapperSettings(
            URI.create("http://127.0.0.1:" + port),
            Optional.of(TOKEN),
            Optional.empty(),
            Duration.ofSeconds(20)));
  }

  /** A script of the how-to, as a machine of this name would run it. */
  private static String boot(String script, String machine) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve(machine + "-" + script),
            HowTo.block(
                "auto-healing.md",
                "# " + script,
                "https://bandmaster.example.com:8088",
                "http://127.0.0.1:" + port,
                "/etc/bandmaster/facade-header",
                folder.resolve("facade-header").toString(),
                "sleep 5",
                "sleep 0.2"));
    return OutsideProgram.run(
        folder,
        machine + "-" + script,
        Map.of("INSTANCE", machine, "NODE", machine, "ROLE", "web", "ENVIRONMENT", "prod"),
        List.of("sh", file.toString()));
  }

  private static SeenMessage seen(String what, String... words) throws InterruptedException {
    return awaitMessage(
        what,
        () -> slack.people().everything("#ops"),
        message -> List.of(words).stream().allMatch(message.shown()::contains));
  }

  @Test
  void facadeY3_aMachineBootsAndItsScriptsGetAnAddressAndARole() throws Exception {
    assertThat(boot("eip.sh", "i-0a1")).contains("\"i-0a1\":{\"unreachable\":0");
    assertThat(Files.readString(folder.resolve("eip-runs"))).contains("attach i-0a1 203.0.113.1");
    seen("the channel tells of the address", "eip prod i-0a1 web", "is attached");

    CompletableFuture<String> role =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return boot("role.sh", "i-0a1");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            },
            machines);
    SeenMessage request =
        seen("somebody has to approve", "role prod i-0a1 base,web", "Awaits approval");
    assertThat(service.started()).doesNotContain("role i-0a1 base,web");
    slack.click("bob", "#ops", request.ts(), "approval.approve");
    assertThat(role.join()).contains("\"i-0a1\":{\"unreachable\":0,\"skipped\":0,\"ok\":2");
    assertThat(service.started()).contains("role i-0a1 base,web");

    // The next two machines: one gets the last address, and of the other people are told.
    assertThat(boot("eip.sh", "i-0a2")).contains("\"ok\":1");
    CompletableFuture<String> third =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return boot("eip.sh", "i-0a3");
              } catch (Exception | AssertionError e) {
                return String.valueOf(e.getMessage());
              }
            },
            machines);
    assertThat(third.join()).contains("no address: job");
    seen("an alert names machine and role", "No free address for web in prod", "i-0a3");
    assertThat(slack.people().everything("#ops"))
        .as("and there is no second alert about the job")
        .noneMatch(message -> message.shown().contains("A job failed"));

    Conversation bob = Conversation.direct(slack, "bob");
    assertThat(say(bob, "eips prod")).contains("0 of 2 free", "203.0.113.10", "i-0a1");
    assertThat(say(bob, "eip-release prod i-0a1 web")).contains("203.0.113.10 is taken from i-0a1");
    await("it is taken away", FacadeStoryTest::isDetached);
    assertThat(boot("eip.sh", "i-0a4")).contains("\"ok\":1");
    assertThat(Files.readString(folder.resolve("eip-runs"))).contains("attach i-0a4 203.0.113.10");
  }

  private static boolean isDetached() {
    try {
      return Files.readString(folder.resolve("eip-runs")).contains("detach i-0a1 203.0.113.10")
          && say(Conversation.direct(slack, "bob"), "eips prod").contains("1 of 2 free");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String say(Conversation with, String line) throws InterruptedException {
    return with.say(line, PATIENCE).orElseThrow().answer();
  }

  private static JobResult end(String job) throws InterruptedException {
    JobResult[] last = {new JobResult.Queued()};
    await(
        "job " + job + " ends",
        () -> {
          last[0] = client().result(job);
          return !(last[0] instanceof JobResult.Queued)
              && !(last[0] instanceof JobResult.Waiting)
              && !(last[0] instanceof JobResult.Unavailable);
        });
    return last[0];
  }

  private static String accepted(Submission submission) {
    assertThat(submission).isInstanceOf(Submission.Accepted.class);
    return ((Submission.Accepted) submission).job();
  }

  @Test
  void facadeY4_theClientOfABootstrapperWorksWithTheFacadeAndOverADeathOfTheBot() throws Exception {
    assertThat(end(accepted(client().updateCode("web,1.4.1", "staging"))))
        .isEqualTo(
            new JobResult.Finished(
                Map.of(
                    "web1", new HostStats(0, 0, 2, 1, 0), "web2", new HostStats(0, 0, 2, 1, 0))));
    assertThat(end(accepted(client().adhoc("web1", "ping", ""))))
        .isInstanceOf(JobResult.Finished.class);
    assertThat(client().role("web1", List.of("database"), "staging"))
        .isInstanceOfSatisfying(
            Submission.Outcome.class,
            outcome -> {
              assertThat(outcome.good()).isFalse();
              assertThat(outcome.text()).contains("'database' is not allowed in staging");
            });
    assertThat(client().role("web1", List.of("web"), "nowhere"))
        .isInstanceOfSatisfying(
            Submission.Outcome.class, outcome -> assertThat(outcome.good()).isFalse());

    service.hold(true);
    String job = accepted(client().role("web9", List.of("web"), "staging"));
    await("it runs", () -> client().result(job) instanceof JobResult.Waiting);
    SeenMessage before =
        seen("it runs at the bootstrapper", "role staging web9 web", "runs; the bootstrapper");
    bot.kill();
    await("Slack has noticed", () -> slack.connections() == 0);
    service.hold(false);
    bot.startAgain();
    awaitBot();
    assertThat(end(job))
        .isEqualTo(new JobResult.Finished(Map.of("web9", new HostStats(0, 0, 2, 1, 0))));
    SeenMessage after =
        seen("the message shows the end", "role staging web9 web", "ok 2, changed 1");
    assertThat(after.ts()).as("one message for the job").isEqualTo(before.ts());
    assertThat(service.started()).containsOnlyOnce("role web9 web");
  }

  @Test
  void facadeY1_expiredTokensAndThoseOfPeopleWhoLeftOpenNothing() throws Exception {
    for (Map.Entry<String, Integer> each : Map.of("bob-expired", 401, "dan-left", 403).entrySet()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/ansible/role/".formatted(port)))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "host=web1&role=web&env=staging&token=" + each.getKey()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as(each.getKey() + ": " + answer.body())
          .isEqualTo(each.getValue());
    }
  }
}
