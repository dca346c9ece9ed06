package dev.bandmaster.agent;

import static dev.bandmaster.agent.FakeNodeBus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.WorkEvent;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails or waits for ever, and what goes on all the same. */
class AgentIsolationTest {
  private static final String ADHOC =
      """
      adhoc:
        commands:
          - {executable: echo, arguments: ["**"]}
          - {executable: sh, arguments: ["**"]}
      """;

  @TempDir Path directory;

  @Test
  void trustT21_aBrokerThatConfirmsNothingStopsNoTimeoutNoJournalAndNoRequest() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent.bus().getStuck();
      Request flood =
          AgentFixture.request(
              "adhoc",
              "command",
              AgentFixture.words("sh", "-c", "while true; do echo aaaaaaaaaaaaaaaaaaaaaaaaa; done"),
              Duration.ofSeconds(2));
      agent.bus().deliver(flood);

      // More than fit into memory: each is taken at once.
      for (int ping = 0; ping < 3_000; ping++) {
        agent.ask("ping", "ping", "{}");
      }
      eventually(() -> journal().lines().anyMatch(line -> ended(line, flood.id())));
      eventually(() ->
          agent.bus().events().stream()
              .anyMatch(event ->
                  event instanceof WorkEvent job && job.kind() == WorkEvent.Kind.FINISHED));
      assertThat(agent.bus().replies()).isEmpty();

      agent.bus().getUnstuck();
      agent.bus().finalOf(flood.id(), FinalCode.TIMEOUT);
      eventually(() ->
          agent.bus().replies().stream().map(reply -> reply.request()).distinct().count() == 3_001);
    }
  }

  @Test
  void isolation_aReplyThatTheBrokerRefusesForEverStopsNoOther() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent
          .bus()
          .refuse(reply ->
              reply.body() instanceof ReportBody.Output(String stream, String text)
                  && text.startsWith("poison"));
      String first = agent.run("echo", "poison");
      String second = agent.run("echo", "hello");

      agent.bus().finalOf(first, FinalCode.OK);
      agent.bus().finalOf(second, FinalCode.OK);
      assertThat(agent.bus().outputOf(second)).isEqualTo("hello\n");
    }
  }

  @Test
  void isolation_aFinalThatCannotBeSentEndsTheRequestWithoutItsResult() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, ADHOC)) {
      agent
          .bus()
          .refuse(reply ->
              reply.body() instanceof ReportBody.Final end && end.message().equals("pong"));
      String first = agent.ask("ping", "ping", "{}");
      String second = agent.run("echo", "hello");

      agent.bus().finalOf(second, FinalCode.OK);
      assertThat(agent.bus().finalOf(first, FinalCode.OK).message())
          .isEqualTo("The result could not be sent. See the agent's log.");
    }
  }

  private static boolean ended(String line, String id) {
    return line.contains(id) && line.contains("\"REPORTED\"");
  }

  private String journal() {
    try {
      return Files.readString(directory.resolve("state/journal/journal"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
