package dev.bandmaster.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChooseBackendTest {
  private static final Capabilities NO_BATCHES =
      new Capabilities(true, true, true, true, false, true);
  private static final Capabilities NO_BROADCAST =
      new Capabilities(true, true, true, false, true, true);

  private final List<PipelineBench> benches = new ArrayList<>();

  @AfterEach
  void close() {
    benches.forEach(bench -> bench.store.close());
  }

  private static InMemoryBackend backend(String name, Capabilities capabilities) {
    return new InMemoryBackend(name, capabilities, InstantSource.system());
  }

  private PipelineBench bench(Backends backends) {
    PipelineBench bench = new PipelineBench(backends);
    benches.add(bench);
    return bench;
  }

  /** The first backend serves everything but prod, which the second one serves. */
  private PipelineBench bench(InMemoryBackend first, InMemoryBackend prod) {
    return bench(new Backends(List.of(first, prod), Map.of("prod", prod.name())));
  }

  private static NodeDescription target(String name, String environment) {
    return new NodeDescription(
        name, "main", environment, Map.of(), List.of(), List.of(), Map.of(), List.of());
  }

  @Test
  void backend_aJobRemembersTheBackendOfItsEnvironment() {
    PipelineBench bench =
        bench(backend("bus", Capabilities.ALL), backend("other", Capabilities.ALL));
    assertThat(bench.opened("codeupdate staging web version=1.4.2").backend()).isEqualTo("bus");
    assertThat(bench.opened("adhoc prod db1 uptime").backend()).isEqualTo("other");
  }

  @Test
  void backend_workInBatchesIsRefusedWhereTheBackendCannot() {
    PipelineBench bench = bench(Backends.of(backend("plain", NO_BATCHES)));
    String cannot =
        "staging is served by the backend 'plain', which does not support batches."
            + " Leave out `--batch` and `--canary`, or choose fewer nodes.";
    for (String rollout : List.of("--canary 1", "--batch 1", "--batch 50%")) {
      assertThat(bench.refusal("codeupdate staging web version=1.4.2 " + rollout))
          .as(rollout)
          .isEqualTo(cannot);
    }
    assertThat(bench.opened("codeupdate staging web version=1.4.2").backend()).isEqualTo("plain");
    assertThat(bench.opened("codeupdate staging web version=1.4.2 --batch 2").state().steps())
        .as("all in one batch")
        .hasSize(1);
  }

  @Test
  void backend_batchesThatTheRulesAskForAreRefusedWhereTheBackendCannot() {
    PipelineBench bench = bench(Backends.of(backend("plain", NO_BATCHES)));
    bench.policy = request -> PipelineBench.atMost(1);
    assertThat(bench.refusal("codeupdate staging web version=1.4.2"))
        .contains("which does not support batches");
  }

  @Test
  void backend_aBroadcastIsRefusedWhereTheBackendCannot() {
    PipelineBench bench = bench(Backends.of(backend("plain", NO_BROADCAST)));
    assertThat(bench.refusal("ping"))
        .isEqualTo(
            "The backend 'plain' can only send work to nodes by name, not to all that match a"
                + " filter. Name the nodes, for example `db1 or web1`.");
    assertThat(bench.opened("adhoc staging web1 uptime").backend()).isEqualTo("plain");
  }

  @Test
  void backend_aFilterThatOnlyNamesNodesNeedsNoBroadcast() {
    PipelineBench bench = bench(Backends.of(backend("plain", NO_BROADCAST)));
    assertThat(bench.opened("ping web1").work().reach())
        .isEqualTo(new Planned.Reach.Frozen(List.of("web1")));
    assertThat(bench.opened("ping web1 or db1").work().reach().nodes())
        .containsExactlyInAnyOrder("db1", "web1");
    assertThat(bench.refusal("ping web*")).contains("Name the nodes, for example `web1 or web2`.");
    assertThat(bench.refusal("ping web1 or env=prod")).contains("can only send work to nodes");
  }

  /** What each missing capability refuses, of each kind of command; all else opens a job. */
  @ParameterizedTest
  @EnumSource
  void backend_eachMissingCapabilityRefusesOnlyTheCommandsThatNeedIt(Missing missing) {
    Map<String, String> commands =
        Map.of(
            "ping", "broadcast",
            "ping web*", "broadcast",
            "discover --live", "broadcast",
            "ping web1", "nothing",
            "discover web1 --live", "nothing",
            "adhoc staging web1 uptime", "nothing",
            "codeupdate staging web version=1.4.2", "nothing",
            "codeupdate staging web version=1.4.2 --batch 1", "batches",
            "codeupdate staging web version=1.4.2 --canary 1", "batches");
    commands.forEach((command, needs) -> {
      PipelineBench bench = bench(Backends.of(backend("plain", missing.capabilities())));
      // Without known targets there is no work for nodes by name or filter at all.
      if (missing == Missing.KNOWN_TARGETS || needs.equals(missing.word())) {
        assertThat(bench.refusal(command)).as(command).contains("'plain'").contains("`");
      } else {
        assertThat(bench.opened(command).backend()).as(command).isEqualTo("plain");
      }
    });
  }

  /** A backend that can do all but one thing. */
  enum Missing {
    KNOWN_TARGETS,
    CANCEL,
    LIVE_OUTPUT,
    BROADCAST,
    BATCHES,
    REPEATABLE;

    private Capabilities capabilities() {
      return new Capabilities(
          this != KNOWN_TARGETS,
          this != CANCEL,
          this != LIVE_OUTPUT,
          this != BROADCAST,
          this != BATCHES,
          this != REPEATABLE);
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Test
  void backend_whatItCannotDoCountsInItsOwnEnvironmentsOnly() {
    PipelineBench bench = bench(backend("bus", Capabilities.ALL), backend("plain", NO_BATCHES));
    assertThat(bench.opened("codeupdate staging web version=1.4.2 --canary 1").state().steps())
        .hasSize(2);
  }

  @Test
  void backend_withoutAnEnvironmentTheNodesDecide() {
    PipelineBench bench =
        bench(backend("bus", Capabilities.ALL), backend("other", Capabilities.ALL));
    assertThat(bench.opened("ping web*").backend()).isEqualTo("bus");
    assertThat(bench.opened("ping db1").backend()).isEqualTo("other");
    assertThat(bench.refusal("ping"))
        .isEqualTo(
            "These nodes are served by several backends (bus, other)."
                + " Ask for the nodes of one of them.");
  }

  @Test
  void backend_listedTargetsArePlannedWithoutAHeartbeat() {
    InMemoryBackend other = backend("other", Capabilities.ALL);
    other.lists(List.of(target("box1", "prod"), target("box2", "staging")));
    PipelineBench bench = bench(backend("bus", Capabilities.ALL), other);
    Job job = bench.opened("ping box1");
    assertThat(job.work().reach().nodes()).containsExactly("box1");
    assertThat(job.backend()).isEqualTo("other");
    other.lists(List.of());
    assertThat(bench.refusal("ping box1")).contains("box1");
  }

  @Test
  void backend_aRefusalIsInTheAudit() {
    PipelineBench bench = bench(Backends.of(backend("plain", NO_BROADCAST)));
    assertThat(bench.run("ping").audit().getFirst().decision()).isEqualTo("refused");
    assertThat(bench.run("ping").audit().getFirst().rules()).isEqualTo("r1");
  }
}
