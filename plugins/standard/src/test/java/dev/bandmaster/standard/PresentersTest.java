package dev.bandmaster.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.standard.codeupdate.CodeUpdate;
import dev.bandmaster.standard.ping.Ping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresentersTest {
  private static NodeOutcome outcome(
      String node, NodeStatus status, String message, String output, long millis) {
    return new NodeOutcome(node, status, message, output, Data.none(), Duration.ofMillis(millis));
  }

  @Test
  void peopleU15_pingSaysPongForAllAndTheLatenciesTogether() {
    Presenter ping = new Ping().presenter();
    assertThat(ping.describe(outcome("web1", NodeStatus.OK, "anything", "", 12))).isEqualTo("pong");
    assertThat(ping.describe(outcome("web1", NodeStatus.DENIED, "not by you", "", 12)))
        .isEqualTo("not by you");
    List<NodeOutcome> outcomes = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      outcomes.add(outcome("web" + i, NodeStatus.OK, "", "", i));
    }
    outcomes.add(outcome("silent", NodeStatus.NO_ANSWER, "", "", 5_000));
    assertThat(ping.summary(outcomes))
        .containsExactly("latency: min 1 ms · median 50 ms · p99 99 ms · max 100 ms (web100)");
    assertThat(ping.summary(outcomes.subList(0, 1))).containsExactly("latency: 1 ms");
    assertThat(ping.summary(outcomes.subList(0, 3)))
        .containsExactly("latency: min 1 ms · median 2 ms · max 3 ms (web3)");
    assertThat(ping.charts(outcomes).getFirst().bars()).hasSize(20);
    assertThat(ping.charts(outcomes.subList(0, 2))).isEmpty();
    assertThat(ping.summary(outcomes.subList(100, 101))).isEmpty();
  }

  @Test
  void aDeployShowsItsSentenceAndItsOutputOnlyWhereItFailed() {
    Presenter deploy = new CodeUpdate().presenter();
    assertThat(deploy.describe(outcome("web1", NodeStatus.OK, "runs 1.4.2", "noise", 1)))
        .isEqualTo("runs 1.4.2");
    assertThat(deploy.describe(outcome("web1", NodeStatus.FAILED, "exit 2", "why\n", 1)))
        .isEqualTo("exit 2\nwhy");
    assertThat(deploy.describe(outcome("web1", NodeStatus.OK, "", "hello", 1))).isEqualTo("hello");
  }

  @Test
  void withoutWordsOfItsOwnACommandShowsSentenceAndOutput() {
    assertThat(Presenter.PLAIN.describe(outcome("web1", NodeStatus.OK, "done", "a\nb\n", 1)))
        .isEqualTo("done\na\nb");
    assertThat(Presenter.PLAIN.describe(outcome("web1", NodeStatus.OK, "", "", 1))).isEmpty();
    assertThat(Presenter.PLAIN.summary(List.of())).isEmpty();
  }
}
