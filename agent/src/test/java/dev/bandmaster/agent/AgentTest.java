package dev.bandmaster.agent;

import static dev.bandmaster.agent.AgentFixture.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.bus.Acknowledgement;
import dev.bandmaster.bus.Incoming;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentTest {

  private static final String ADHOC =
      """
      adhoc:
        modules: {uptime: [uptime], ls: [ls]}
        commands:
          - {executable: echo, arguments: ["**"]}
          - {executable: sh, arguments: ["**"]}
          - {executable: touch, arguments: ["count*"]}
          - {executable: uname, arguments: ["-?"]}
        services:
          web: {verbs: {status: [echo, well]}}
      """;

  /** Waits for running work to end by itself. */
  private static final AgentTimes PATIENT =
      new AgentTimes(
          AgentFixture.SHORT.jobHeartbeat(),
          AgentFixture.SHORT.outputFlush(),
          AgentFixture.SHORT.termGrace(),
          AgentFixture.SHORT.endPatience(),
          Duration.ofMinutes(1),
          AgentFixture.SHORT.spoolJitter());

  @TempDir Path directory;

  @Test
  void aPingIsAnsweredWithOneFinal() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, "")) {
      String id = agent.ask("ping", "ping", "{}");

      ReportBody.Final pong = agent.bus().finalOf(id, FinalCode.OK);
      assertThat(pong.message()).isEqualTo("pong");
      assertThat(pong.data().get("uptimeSeconds").number()).isPresent();
      assertThat(agent.bus().repliesTo(id)).containsExactly(pong);
      assertThat(agent.bus().receipts()).containsExactly(id + " done");
    }
  }

  @Test
  void theInventorySaysWhatTheNodeIs() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      ReportBody.Final end =
          agent.bus().finalOf(agent.ask("facts", "inventory", "{}"), FinalCode.OK);

      assertThat(end.message()).isEqualTo("staging · no apps · frontend");
      assertThat(end.data().get("facts").get("location")).isEqualTo(Data.of("here"));
      assertThat(end.data().get("facts").get("cores").text()).isPresent();
      assertThat(end.data().get("capabilities"))
          .isEqualTo(Data.of(List.of("adhoc", "deploy", "facts", "job", "logs", "ping")));
    }
  }

  @Test
  void workIsAcceptedStartedPrintedAndEnded() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.run("echo", "hello");

      ReportBody.Final end = agent.bus().finalOf(id, FinalCode.OK);
      assertThat(end.exit()).isZero();
      List<ReportBody> replies = agent.bus().repliesTo(id);
      assertThat(replies)
          .as("between them a slow machine may say that it still works")
          .filteredOn(body -> !(body instanceof ReportBody.Heartbeat))
          .containsExactly(
              new ReportBody.Accepted(AgentFixture.SHORT.jobHeartbeat()),
              new ReportBody.Started(),
              new ReportBody.Output("stdout", "hello\n"),
              end);
      assertThat(agent.bus().replies())
          .filteredOn(reply -> reply.request().equals(id))
          .extracting(TargetReport::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, replies.size()).boxed().toList());
    }
  }

  @Test
  void reliabilityR7_theRequestIsOnTheDiskBeforeItIsAcknowledged() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      Request request = AgentFixture.command("echo", "hello");
      StringBuilder journal = new StringBuilder();
      agent
          .bus()
          .deliver(
              new Incoming.Genuine(
                  request,
                  false,
                  new Acknowledgement() {
                    @Override
                    public void done() {
                      journal.append(read(directory.resolve("state/journal/journal")));
                    }

                    @Override
                    public void again() {
                      throw new AssertionError("not to be delivered again");
                    }
                  }));

      assertThat(journal).contains(request.id()).contains("ACCEPTED");
      agent.bus().finalOf(request.id(), FinalCode.OK);
    }
  }

  @Test
  void reliabilityR7_trap6_theSameRequestTwiceIsRunOnceAndAnsweredWithItsEnd() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      Request request = AgentFixture.command("sh", "-c", "echo once >> count; echo done");
      agent.bus().deliver(request);
      agent.bus().finalOf(request.id(), FinalCode.OK);

      agent.bus().deliver(request);

      FakeNodeBus.eventually(() -> finals(agent, request.id()).size() == 2);
      ReportBody.Final duplicate = finals(agent, request.id()).getLast();
      assertThat(duplicate.code()).isEqualTo(FinalCode.DUPLICATE);
      assertThat(duplicate.stored()).contains(finals(agent, request.id()).getFirst());
      assertThat(agent.bus().replies())
          .extracting(TargetReport::sequence)
          .as("what is said later has a higher number")
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(directory.resolve("state/work/count")).hasContent("once\n".strip());
    }
  }

  @Test
  void trap6_aRequestThatComesAgainWhileItRunsIsAcceptedOnceMoreAndRunOnce() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      Request request =
          AgentFixture.command(
              "sh", "-c", "echo once >> count; until [ -e go ]; do sleep 0.02; done");
      agent.bus().deliver(request);
      Path count = directory.resolve("state/work/count");
      FakeNodeBus.eventually(() -> Files.exists(count));

      agent.bus().deliver(request);

      FakeNodeBus.eventually(() ->
          agent.bus().repliesTo(request.id()).stream()
                  .filter(ReportBody.Accepted.class::isInstance)
                  .count()
              == 2);
      assertThat(finals(agent, request.id())).isEmpty();
      Files.createFile(directory.resolve("state/work/go"));
      agent.bus().finalOf(request.id(), FinalCode.OK);
      assertThat(finals(agent, request.id())).hasSize(1);
      assertThat(count).hasContent("once");
    }
  }

  @Test
  void aQuickRequestTwiceIsAnsweredDuplicate() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, "")) {
      Request request = AgentFixture.request("ping", "ping", "{}");
      agent.bus().deliver(request);
      agent.bus().deliver(request);

      FakeNodeBus.eventually(() -> finals(agent, request.id()).size() == 2);
      assertThat(finals(agent, request.id()))
          .extracting(ReportBody.Final::code)
          .containsExactlyInAnyOrder(FinalCode.OK, FinalCode.DUPLICATE);
      assertThat(finals(agent, request.id()))
          .as("a duplicate without an end ends nothing")
          .allSatisfy(end -> assertThat(end.stored()).isEmpty());
    }
  }

  @Test
  void trustT15_whatAnAgentKeepsIsForItsOwnerOnly() throws IOException {
    Path state = Files.createDirectory(directory.resolve("state"));
    Files.createDirectory(state.resolve("journal"));
    Files.writeString(state.resolve("journal/journal"), "");
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent.bus().finalOf(agent.run("echo", "secret"), FinalCode.OK);
      for (String folder : List.of("journal", "spool", "programs", "work", "alerts")) {
        assertThat(rights(state.resolve(folder))).as(folder).isEqualTo("rwx------");
      }
      for (String file : List.of("journal/journal", "incarnation", "lock", "node-keys.json")) {
        if (Files.exists(state.resolve(file))) {
          assertThat(rights(state.resolve(file))).as(file).isEqualTo("rw-------");
        }
      }
    }
    assertThat(state.resolve("journal/journal")).isNotEmptyFile();
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void trap3_aRequestThatWasInterruptedIsReportedLostAndNeverRunAgain() throws IOException {
    Request request = AgentFixture.command("touch", "count");
    try (Journal journal =
        Journal.open(directory.resolve("state/journal"), InstantSource.system())) {
      journal.accept(request);
    }

    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      ReportBody.Final lost = agent.bus().finalOf(request.id(), FinalCode.LOST);
      assertThat(lost.message()).contains("restarted");

      agent.bus().deliver(request);

      FakeNodeBus.eventually(() -> finals(agent, request.id()).size() == 2);
      assertThat(finals(agent, request.id()).getLast().code()).isEqualTo(FinalCode.DUPLICATE);
      assertThat(directory.resolve("state/work/count")).doesNotExist();
    }
  }

  @Test
  void trap4_workPastItsDeadlineEndsInTimeoutAndItsProcessesAreGone() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      Request request =
          AgentFixture.request(
              "adhoc",
              "command",
              words("sh", "-c", "sh -c 'while :; do echo x >> alive; sleep 0.02; done' & wait"),
              Duration.ofMillis(700));
      agent.bus().deliver(request);

      agent.bus().finalOf(request.id(), FinalCode.TIMEOUT);
      Path alive = directory.resolve("state/work/alive");
      long size = size(alive);
      assertThat(size).isPositive();
      // Anything still writing would have written several times by the end of another program.
      agent.bus().finalOf(agent.run("sh", "-c", "sleep 0.3"));
      assertThat(size(alive)).isEqualTo(size);
    }
  }

  @Test
  void trap9_anExceptionInTheWorkIsAFailedFinal() throws IOException {
    Files.createDirectories(directory.resolve("apps/web"));
    Files.writeString(directory.resolve("apps/web/current"), "a file where a link belongs");
    try (AgentFixture agent = new AgentFixture(directory, "apps: {web: {directory: apps/web}}\n")) {
      ReportBody.Final end =
          agent.bus().finalOf(agent.ask("deploy", "status", "{\"app\":\"web\"}"), FinalCode.FAILED);

      assertThat(end.message()).contains("unexpected error").contains("not a link");
    }
  }

  @Test
  void trap15_whatTheBusFoundExpiredIsAnsweredAndNotRun() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, "")) {
      agent
          .bus()
          .deliver(
              new Incoming.Refused(
                  "r1",
                  "bot-1",
                  FinalCode.EXPIRED,
                  "It came 60 s too late.",
                  agent.bus().receipt("r1")));

      assertThat(agent.bus().finalOf("r1", FinalCode.EXPIRED).message())
          .isEqualTo("It came 60 s too late.");
      assertThat(agent.bus().receipts()).containsExactly("r1 done");
    }
  }

  @Test
  void trap15_workWhoseDeadlineHasPassedIsNotBegun() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      Request late =
          AgentFixture.request("adhoc", "command", words("touch", "count"), Duration.ofSeconds(-1));
      agent.bus().deliver(late);

      agent.bus().finalOf(late.id(), FinalCode.EXPIRED);
      assertThat(directory.resolve("state/work/count")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$(touch count)", "`touch count`", "; touch count", "a'b\"c", "two\nlines"})
  void trap20_hostileWordsReachTheProgramAsTheyAre(String hostile) throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.run("echo", hostile);

      agent.bus().finalOf(id, FinalCode.OK);
      assertThat(agent.bus().outputOf(id)).isEqualTo(hostile + "\n");
      assertThat(directory.resolve("state/work/count")).doesNotExist();
    }
  }

  @Test
  void trap20_aWordWithNulIsRefusedInWords() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.run("echo", "a\0b");

      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message()).contains("NUL");
    }
  }

  @Test
  void tenMegabytesOfOutputAreCutWithAMarker() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.run("sh", "-c", "head -c 10485760 /dev/zero | tr '\\0' x");

      agent.bus().finalOf(id, FinalCode.OK);
      String output = agent.bus().outputOf(id);
      assertThat(output).startsWith("x".repeat(4096) + "\n… output truncated: 4,096 bytes");
      assertThat(output).endsWith("10,481,664 more dropped\n").hasSizeLessThan(4_300);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adhoc  | reboot | {}                  | UNKNOWN_ACTION | does not support adhoc.reboot; adhoc supports command, ls
          kitten | pet    | {}                  | UNKNOWN_ACTION | it supports adhoc, deploy, facts, job, logs, ping
          ping   | ping   | {"loud":true}       | INVALID        | are not valid
          adhoc  | ls     | {"arguments":"x"}   | INVALID        | are not valid
          deploy | deploy | {"app":"../x","version":"1"} | INVALID | are not valid
          adhoc  | ls     | {"arguments":["x"]} | FAILED         | accepts no arguments
          adhoc  | command | {"arguments":["rm","-rf"]} | FAILED  | not allowed on this node. Allowed: echo, sh, touch, uname
          adhoc  | command | {"arguments":["uname","--all"]} | FAILED | does not accept these arguments
          adhoc  | command | {}                 | FAILED         | No program given. Allowed on this node: echo
          adhoc  | service | {"arguments":["db","status"]} | FAILED | Available: web
          adhoc  | service | {"arguments":["web","stop"]} | FAILED | supports only status
          deploy | status | {"app":"web"}       | FAILED         | does not define the app web; it has none
          """)
  void whatCannotBeDoneIsSaidInASentence(
      String capability, String action, String arguments, FinalCode code, String sentence)
      throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.ask(capability, action, arguments);

      assertThat(agent.bus().finalOf(id, code).message()).contains(sentence);
      assertThat(agent.bus().receipts()).containsExactly(id + " done");
    }
  }

  @Test
  void aServiceAnswersByItsConfiguredCommand() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.ask("adhoc", "service", words("web", "status"));

      agent.bus().finalOf(id, FinalCode.OK);
      assertThat(agent.bus().outputOf(id)).isEqualTo("well\n");
    }
  }

  @Test
  void localPolicyDeniesWhatNoRuleCovers() throws IOException {
    String policy =
        ADHOC
            + """
            policy:
              - {callers: ["slack:T1:U2"], actions: ["adhoc.*"], apps: ["*"], envs: ["*"]}
              - {callers: ["sre"], actions: ["adhoc.uptime"], apps: ["*"], envs: ["staging"]}
              - {callers: ["*"], actions: ["adhoc.ls"], apps: ["*"], envs: ["prod"]}
            """;
    try (AgentFixture agent = new AgentFixture(directory, policy)) {
      agent.bus().finalOf(agent.ask("adhoc", "uptime", "{}"), FinalCode.OK);
      ReportBody.Final no = agent.bus().finalOf(agent.ask("adhoc", "ls", "{}"), FinalCode.DENIED);
      assertThat(no.message())
          .isEqualTo(
              "This node's policy does not allow slack:T1:U1 to use adhoc.ls. Ask the node's operators to add a rule to the agent's configuration.");
      agent.bus().finalOf(agent.ask("ping", "ping", "{}"), FinalCode.DENIED);
    }
  }

  @Test
  void cancelEndsRunningWork() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.run("sh", "-c", "echo up; sleep 60");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(id).contains("up"));

      String cancel = agent.ask("job", "cancel", "{\"request\":\"" + id + "\"}");

      assertThat(agent.bus().finalOf(cancel, FinalCode.OK).message()).isEqualTo("cancel requested");
      agent.bus().finalOf(id, FinalCode.CANCELLED);
    }
  }

  @Test
  void trap32_cancelEndsWorkThatIgnoresTermAndAllThatItStarted() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id =
          agent.run("sh", "-c", "trap '' TERM; sleep 60 & echo $!; while true; do sleep 1; done");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(id).contains("\n"));
      long child = Long.parseLong(agent.bus().outputOf(id).strip());

      agent.ask("job", "cancel", "{\"request\":\"" + id + "\"}");

      agent.bus().finalOf(id, FinalCode.CANCELLED);
      FakeNodeBus.eventually(
          () -> ProcessHandle.of(child).map(process -> !process.isAlive()).orElse(true));
    }
  }

  @Test
  void trap32_cancelEndsWorkThatWaitsForItsTurn() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC, "jobs: 1", AgentFixture.SHORT)) {
      String first = agent.run("sh", "-c", "echo up; sleep 60");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(first).contains("up"));
      String second = agent.run("sh", "-c", "touch ran");

      agent.ask("job", "cancel", "{\"request\":\"" + second + "\"}");

      agent.bus().finalOf(second, FinalCode.CANCELLED);
      agent.ask("job", "cancel", "{\"request\":\"" + first + "\"}");
      agent.bus().finalOf(first, FinalCode.CANCELLED);
      assertThat(directory.resolve("state/work/ran")).doesNotExist();
    }
  }

  @Test
  void cancelRefusesAComingRequest() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      Request coming = AgentFixture.command("touch", "count");
      String cancel = agent.ask("job", "cancel", "{\"request\":\"" + coming.id() + "\"}");
      assertThat(agent.bus().finalOf(cancel, FinalCode.OK).message())
          .isEqualTo("will be rejected on arrival");

      agent.bus().deliver(coming);

      agent.bus().finalOf(coming.id(), FinalCode.CANCELLED);
      assertThat(directory.resolve("state/work/count")).doesNotExist();
    }
  }

  @Test
  void longWorkSaysThatItGoesOn() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      String id = agent.run("sh", "-c", "sleep 60");

      FakeNodeBus.eventually(() -> agent.bus().repliesTo(id).contains(new ReportBody.Heartbeat()));
    }
  }

  @Test
  void reliabilityR11_aStoppingAgentBeginsNothingAndLeavesWhatMayWaitToTheBroker()
      throws Exception {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC, "jobs: 8", PATIENT)) {
      String running = agent.run("sh", "-c", "echo up; until [ -e go ]; do sleep 0.02; done");
      FakeNodeBus.eventually(() -> agent.bus().outputOf(running).contains("up"));
      Thread stop = Thread.ofVirtual().start(agent::close);
      String last = "";
      while (agent.bus().repliesTo(last).isEmpty()) {
        // Until the agent has received that it is to stop, it still answers with a pong.
        String ping = agent.ask("ping", "ping", "{}");
        last = agent.bus().finalOf(ping).code() == FinalCode.FAILED ? ping : "";
      }
      Request mayWait = AgentFixture.queued("adhoc", "command", words("touch", "ran"));
      agent.bus().deliver(mayWait);
      Files.createFile(directory.resolve("state/work/go"));

      stop.join();

      assertThat(agent.bus().finalOf(last).message()).contains("stopping");
      assertThat(agent.bus().receipts()).noneMatch(receipt -> receipt.startsWith(mayWait.id()));
      assertThat(directory.resolve("state/work/ran")).doesNotExist();
    }
  }

  @Test
  void aStoppingAgentEndsItsWorkAndSaysSo() throws IOException {
    FakeNodeBus bus;
    String id;
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      bus = agent.bus();
      id = agent.run("sh", "-c", "echo up; sleep 60");
      FakeNodeBus.eventually(() -> bus.outputOf(id).contains("up"));
    }

    assertThat(bus.finalOf(id, FinalCode.LOST).message()).contains("agent was stopped");
    assertThat(bus.events().getLast()).isInstanceOf(PresenceEvent.Leave.class);
  }

  @Test
  void presenceBeginsWithAJoinThatDescribesTheNode() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, "")) {
      FakeNodeBus.eventually(() -> !agent.bus().events().isEmpty());

      assertThat(agent.bus().events().getFirst())
          .isInstanceOfSatisfying(
              PresenceEvent.Join.class,
              join -> {
                assertThat(join.description().node()).isEqualTo("web1");
                assertThat(join.description().tags()).containsExactly("local");
                assertThat(join.description().facts()).containsEntry("location", "here");
              });
    }
  }

  @Test
  void repliesWaitOnTheDiskWhileTheBrokerIsAwayAndKeepTheirOrder() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent.bus().goAway();
      String id = agent.run("sh", "-c", "echo one; sleep 0.3; echo two");
      FakeNodeBus.eventually(() -> spooled() >= 5);

      agent.bus().comeBack();

      agent.bus().finalOf(id, FinalCode.OK);
      assertThat(agent.bus().outputOf(id)).isEqualTo("one\ntwo\n");
      assertThat(agent.bus().replies())
          .filteredOn(reply -> reply.request().equals(id))
          .extracting(TargetReport::sequence)
          .isSorted();
      FakeNodeBus.eventually(() -> spooled() == 0);
    }
  }

  @Test
  void repliesLeftOnTheDiskAreSentByTheNextLife() throws IOException {
    String id;
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent.bus().goAway();
      id = agent.run("echo", "hello");
      FakeNodeBus.eventually(() -> spooled() >= 4);
    }
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent.bus().finalOf(id, FinalCode.OK);
      assertThat(agent.bus().outputOf(id)).isEqualTo("hello\n");
    }
  }

  @Test
  void aForgedMessageIsNotAnsweredButAlerted() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, "")) {
      agent
          .bus()
          .deliver(
              new Incoming.Untrusted(
                  new RejectedMessage(
                      RejectedMessage.Kind.BAD_SIGNATURE, "bot-1", "The signature is wrong."),
                  agent.bus().receipt("forged")));

      assertThat(agent.bus().replies()).isEmpty();
      assertThat(agent.bus().receipts()).containsExactly("forged done");
      assertThat(agent.bus().events()).anyMatch(event -> event instanceof AlertEvent);
    }
  }

  @Test
  void twoAgentsDoNotShareAStateFolder() throws IOException {
    try (AgentFixture first = new AgentFixture(directory, "")) {
      assertThat(first.agent().node()).isEqualTo("web1");
      assertThatThrownBy(() ->
              Agent.start(
                  AgentFixture.config(directory, ""),
                  AgentFixture.SHORT,
                  (_, _) -> new FakeNodeBus(),
                  InstantSource.system(),
                  new Random(1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Another agent is using the state folder");
    }
  }

  private static List<ReportBody.Final> finals(AgentFixture agent, String id) {
    return agent.bus().repliesTo(id).stream()
        .filter(ReportBody.Final.class::isInstance)
        .map(ReportBody.Final.class::cast)
        .toList();
  }

  private long spooled() {
    try (var files = Files.list(directory.resolve("state/spool"))) {
      return files.filter(file -> file.toString().endsWith(".reply")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
