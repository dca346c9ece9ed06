package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppCommandsTest {
  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @Test
  void commandW3_statusOfAnEnvironmentIsOneMessage() {
    bench.answer(ANN, "lock staging web the demo");
    bench.opened("codeupdate staging web version=1.4.2");
    bench.answer(ANN, "freeze staging to 1d the fair");
    bench.leave("web2");
    assertThat(bench.answer(ANN, "status staging web"))
        .contains("web in staging (the shop's pages): 1 node, all present.")
        .contains("web  1.4.1  web1 (1)")
        .contains("Now: job 1 codeupdate staging web version=1.4.2 by ann, queued")
        .contains("🔒 web in staging is locked by ann: the demo.")
        .contains("❄️ staging is frozen until")
        .doesNotContain("db1");
    assertThat(bench.answer(ANN, "status prod"))
        .contains("prod: 1 node, all present.")
        .doesNotContain("locked", "frozen", "web");
  }

  @Test
  void commandW3_everybodyMayReadHowTheBotIsAndNotThereforeHowProductionIs() {
    bench.policy =
        request ->
            request.action().equals("status")
                ? PipelineBench.allowed()
                : PipelineBench.denied("no rule allows " + request.action());
    assertThat(bench.answer(ANN, "status")).contains("bus", "connected");
    assertThat(bench.refusal(ANN, "status prod")).contains("status:env");
  }

  @Test
  void commandW3_versionsAreListedNewestFirstWithWhatRunsWhere() {
    assertThat(bench.answer(ANN, "versions web"))
        .contains("1.10.0\n1.4.2\n1.4.1   staging: web[1-2] (2)");
  }

  @Test
  void commandW3_changesSaysWhatLiesBetween() {
    assertThat(bench.answer(ANN, "changes staging web"))
        .isEqualTo("web[1-2] (2): 1.4.1 → 1.10.0  What changes");
    assertThat(bench.run("changes staging web").ending().toString())
        .contains("https://git.example/web/compare/1.4.1...1.10.0");
    assertThat(bench.answer(ANN, "changes staging web 1.4.1")).contains("nothing changes");
    assertThat(bench.answer(ANN, "changes prod web")).isEqualTo("No node in prod has web.");
  }
}
