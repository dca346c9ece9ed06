package dev.bandmaster.agent;

import static dev.bandmaster.agent.FakeNodeBus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a program of its own, killed without notice in the middle of its work. */
class KilledAgentTest {

  @TempDir Path directory;

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final BotSide bot = new BotSide(ConnectionSettings.of(broker.uri(), "main", "bot-1"));
  private Process agent;

  @BeforeEach
  void startTheAgent() throws IOException {
    bot.agentFile(directory, "web1", "frontend", broker.uri());
    agent = program();
    eventually(() -> bot.received().joined() == 1);
  }

  @AfterEach
  void stopAll() {
    agent.destroyForcibly();
    bot.close();
    broker.close();
  }

  @Test
  void trap2_trap3_workInterruptedByKillIsReportedLostAndEndedAndNeverRunAgain() throws Exception {
    Request request =
        bot.queued(
            "web1", Instant.now(), "sh", "-c", "echo once >> count; sleep 600 & echo $$ $!; wait");
    bot.send(request);
    eventually(() -> bot.received().output(request.id()).contains("\n"));
    List<Long> processes =
        List.of(bot.received().output(request.id()).strip().split(" ")).stream()
            .map(Long::valueOf)
            .toList();
    String firstBoot = bot.received().to(request.id()).getFirst().boot();

    agent.destroyForcibly().waitFor();
    assertThat(processes).as("nobody has ended them yet").noneMatch(KilledAgentTest::isGone);
    agent = program();

    ReportBody.Final lost = bot.received().finalOf(request.id(), 1);
    assertThat(lost.code()).isEqualTo(FinalCode.LOST);
    assertThat(lost.message()).contains("not run again").contains("left running were killed");
    assertThat(processes).allMatch(KilledAgentTest::isGone);
    TargetReport reported = bot.received().finals(request.id()).getFirst();
    assertThat(reported.isNewerThan(firstBoot, Long.MAX_VALUE)).isTrue();

    bot.send(request);
    ReportBody.Final duplicate = bot.received().finalOf(request.id(), 2);
    assertThat(duplicate.code()).isEqualTo(FinalCode.DUPLICATE);
    assertThat(duplicate.stored()).contains(lost);
    assertThat(directory.resolve("state/work/count")).hasContent("once");
  }

  @Test
  void reliabilityR7_whatHadEndedIsNotLost() throws Exception {
    Request request = bot.queued("web1", Instant.now(), "sh", "-c", "echo once >> count");
    bot.send(request);
    ReportBody.Final end = bot.received().finalOf(request.id(), 1);
    assertThat(end.code()).isEqualTo(FinalCode.OK);

    agent.destroyForcibly().waitFor();
    agent = program();
    bot.send(request);

    eventually(
        () -> bot.received().finals(request.id()).stream().anyMatch(KilledAgentTest::isDuplicate));
    assertThat(bot.received().finals(request.id()))
        .extracting(reply -> (ReportBody.Final) reply.body())
        .allSatisfy(each -> assertThat(each.stored().orElse(each)).isEqualTo(end));
    assertThat(directory.resolve("state/work/count")).hasContent("once");
  }

  private static boolean isDuplicate(TargetReport reply) {
    return reply.body() instanceof ReportBody.Final end && end.code() == FinalCode.DUPLICATE;
  }

  private Process program() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AgentMain.class.getName(),
            "--config",
            directory.resolve("agent.yaml").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("agent.log").toFile()))
        .start();
  }

  /** Gone, or ended and not yet collected by init. */
  private static boolean isGone(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noSuchFile) {
      return true;
    }
  }
}
