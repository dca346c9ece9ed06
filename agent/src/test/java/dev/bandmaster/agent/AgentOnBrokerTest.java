package dev.bandmaster.agent;

import static dev.bandmaster.agent.FakeNodeBus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.Request;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real agents on a real broker, asked by the bot's own side of the bus. */
class AgentOnBrokerTest {

  private static final Comparator<PresenceEvent> BY_STAMP =
      Comparator.comparingLong((PresenceEvent event) -> event.stamp().incarnation())
          .thenComparingLong(event -> event.stamp().sequence());

  @TempDir Path directory;

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final BotSide bot = new BotSide(ConnectionSettings.of(broker.uri(), "main", "bot-1"));
  private final BotSide.Received received = bot.received();

  @AfterEach
  void stop() {
    bot.close();
    broker.close();
  }

  @Test
  void aBroadcastReachesTheNodesForWhichItsFilterHolds() throws IOException {
    try (Agent _ = agent("web1", "frontend");
        Agent _ = agent("web2", "frontend");
        Agent _ = agent("db1", "database")) {
      eventually(() -> received.joined() == 3);

      String id = bot.ask(new Target.Broadcast("", "role=frontend"), "ping", "ping", "{}");
      eventually(() -> received.finals(id).size() == 2);

      // Once db1 has answered the next question, it has long had the first.
      String next = bot.ask(new Target.Nodes(List.of("db1")), "ping", "ping", "{}");
      eventually(() -> received.finals(next).size() == 1);
      assertThat(received.finals(id))
          .extracting(TargetReport::node)
          .containsExactlyInAnyOrder("web1", "web2");
    }
  }

  @Test
  void workIsReportedFromAcceptedToFinal() throws IOException {
    try (Agent _ = agent("web1", "frontend")) {
      eventually(() -> received.joined() == 1);

      String id = bot.run("echo", "hi");

      eventually(() -> received.finals(id).size() == 1);
      assertThat(received.to(id))
          .extracting(reply -> reply.body().getClass().getSimpleName())
          .containsExactly("Accepted", "Started", "Output", "Final");
      ReportBody.Final end = (ReportBody.Final) received.finals(id).getFirst().body();
      assertThat(end.code()).isEqualTo(FinalCode.OK);
    }
  }

  @Test
  void aBrokerThatRestartsDuringWorkLosesNoReply() throws IOException {
    try (Agent _ = agent("web1", "frontend")) {
      eventually(() -> received.joined() == 1);
      String id =
          bot.run("sh", "-c", "echo before; touch begun; while [ ! -e go ]; do sleep 0.05; done");
      Path work = directory.resolve("web1/state/work");
      eventually(() -> Files.exists(work.resolve("begun")));

      try (EmbeddedBroker _ = broker.restart()) {
        Files.createFile(work.resolve("go"));
        eventually(() -> received.finals(id).size() >= 1);
      }
      assertThat(received.finals(id))
          .allMatch(reply -> ((ReportBody.Final) reply.body()).code() == FinalCode.OK);
    }
  }

  @Test
  void trap15_workThatWaitedTooLongForAStoppedNodeIsAnsweredExpiredAndNotRun() throws IOException {
    try (Agent _ = agent("web1", "frontend")) {
      eventually(() -> received.joined() == 1);
    }
    Request old = bot.queued("web1", Instant.now().minusSeconds(61), "sh", "-c", "touch ran");
    Request fresh = bot.queued("web1", Instant.now(), "echo", "hello");
    assertThat(bot.send(old)).isEqualTo(new PublishResult.Sent(List.of()));
    assertThat(bot.send(fresh)).isEqualTo(new PublishResult.Sent(List.of()));

    try (Agent _ = agent("web1", "frontend")) {
      ReportBody.Final expired = received.finalOf(old.id(), 1);
      assertThat(expired.code()).isEqualTo(FinalCode.EXPIRED);
      assertThat(expired.message()).contains("its ttl is 60 s");
      assertThat(received.finalOf(fresh.id(), 1).code()).isEqualTo(FinalCode.OK);
    }
    assertThat(directory.resolve("web1/state/work/ran")).doesNotExist();
  }

  @Test
  void aLineOfAMegabyteArrivesWholeInPieces() throws IOException {
    try (Agent _ = agent("web1", "frontend")) {
      eventually(() -> received.joined() == 1);

      String id = bot.run("sh", "-c", "head -c 1048570 /dev/zero | tr '\\0' x; echo end");

      assertThat(received.finalOf(id, 1).code()).isEqualTo(FinalCode.OK);
      assertThat(received.output(id)).isEqualTo("x".repeat(1_048_570) + "end\n");
    }
  }

  @Test
  void aCleanStopIsSeenAsALeave() throws IOException {
    Agent agent = agent("web1", "frontend");
    eventually(() -> received.joined() == 1);

    agent.close();

    eventually(() -> received.events().getLast() instanceof PresenceEvent.Leave);
    assertThat(received.events()).isSortedAccordingTo(BY_STAMP);
  }

  private Agent agent(String name, String role) throws IOException {
    Path file = bot.agentFile(directory.resolve(name), name, role, broker.uri());
    AgentConfig config = AgentConfig.load(file, StrictYaml.standard()).value();
    return Agent.connect(config, InstantSource.system(), new Random(9));
  }
}
