package dev.bandmaster.app.http.facade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FacadeResultTest {
  private static final Data COUNTED =
      Data.Fields.EMPTY
          .with("unreachable", 0)
          .with("skipped", 3)
          .with("ok", 7)
          .with("changed", 2)
          .with("failures", 1);

  private static NodeWork node(String name, NodeStatus status, Data data) {
    NodeWork waiting = NodeWork.waiting(name);
    return new NodeWork(
        name,
        status,
        "",
        data,
        Duration.ZERO,
        "",
        "",
        0,
        Instant.EPOCH,
        Duration.ZERO,
        waiting.output(),
        List.of());
  }

  private static String of(Job like, JobStatus status, NodeWork... nodes) {
    Map<String, NodeWork> byName =
        List.of(nodes).stream()
            .collect(java.util.stream.Collectors.toMap(NodeWork::node, work -> work));
    JobState state = like.state();
    return FacadeResult.of(
            like.with(
                new JobState(
                    status,
                    byName,
                    state.waves(),
                    state.hasSlot(),
                    state.held(),
                    state.tolerated(),
                    state.cancelledBy(),
                    Optional.empty(),
                    "",
                    state.dispatched(),
                    state.ended())))
        .toString();
  }

  private static Job deploy() {
    return SampleJobs.deploy(81, SampleJobs.THREAD, List.of("web1"));
  }

  @ParameterizedTest
  @CsvSource({
    "AWAITING_APPROVAL, in-queue",
    "QUEUED, in-queue",
    "RUNNING, waiting",
    "PAUSED, waiting",
    "FAILED, failed",
    "TIMED_OUT, failed",
    "CANCELLED, failed",
  })
  void facadeY1_aJobThatHasCountedNothingIsAWord(JobStatus status, String word) {
    assertThat(of(deploy(), status, node("web1", NodeStatus.FAILED, Data.none())))
        .isEqualTo("{\"status\":\"%s\"}".formatted(word));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "PARTLY_FAILED", "FAILED", "CANCELLED"})
  void facadeY1_whatAnsibleCountedIsShownAsItIs(JobStatus status) {
    assertThat(of(deploy(), status, node("web1", NodeStatus.FAILED, COUNTED)))
        .isEqualTo(
            "{\"web1\":{\"unreachable\":0,\"skipped\":3,\"ok\":7,\"changed\":2,\"failures\":1}}");
  }

  @Test
  void facadeY1_theWorkOfAnAgentIsOneTask() {
    assertThat(
            of(
                deploy(),
                JobStatus.PARTLY_FAILED,
                node("web1", NodeStatus.OK, Data.none()),
                node("web2", NodeStatus.NO_ANSWER, Data.none()),
                node("web3", NodeStatus.DENIED, Data.Fields.EMPTY.with("ok", 7))))
        .isEqualTo(
            "{\"web1\":{\"unreachable\":0,\"skipped\":0,\"ok\":1,\"changed\":1,\"failures\":0},"
                + "\"web2\":{\"unreachable\":1,\"skipped\":0,\"ok\":0,\"changed\":0,\"failures\":0},"
                + "\"web3\":{\"unreachable\":0,\"skipped\":0,\"ok\":0,\"changed\":0,\"failures\":1}}");
    assertThat(
            of(
                SampleJobs.ping(81, "web1"),
                JobStatus.SUCCEEDED,
                node("web1", NodeStatus.OK, Data.none())))
        .as("a question changes nothing")
        .contains("\"ok\":1,\"changed\":0");
  }
}
