package dev.bandmaster.engine.view;

import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.engine.jobs.JobEngineBench;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TranscriptTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final JobEngineBench bench = new JobEngineBench(store, "one");

  private String transcript(Job job) {
    return new Transcript(Presenter.PLAIN, store.jobs(), List.of())
        .of(bench.engine.find(job.id()).orElseThrow());
  }

  @Test
  void itHoldsWhatEveryNodeSaid() throws IOException {
    Job job = bench.open(SampleJobs.deploy(81, THREAD, List.of("web1", "web2", "web3")));
    bench.replies(
        reply(job, "web2", 1, new ReportBody.Output("stdout", "one\ntwo\n")),
        reply(job, "web2", 2, end(FinalCode.FAILED, "exit 2")),
        reply(job, "web1", 1, end(FinalCode.OK, "runs 1.4.2")));
    bench.after(job.patience());
    GoldenMessages.checkText("job-transcript.txt", transcript(job));
  }

  @Test
  void trap26_aMebibyteOfOutputIsInTheFileWhole() {
    Job job = bench.open(SampleJobs.deploy(85, THREAD, List.of("web1", "web2")));
    String piece = "a line of output\n".repeat(15_000);
    for (String node : List.of("web1", "web2")) {
      for (int i = 1; i <= 6; i++) {
        bench.replies(reply(job, node, i, new ReportBody.Output("stdout", piece)));
      }
      bench.replies(reply(job, node, 9, end(FinalCode.FAILED, "printed too much")));
    }
    assertThat(store.wanted("file:" + job.id()))
        .hasValueSatisfying(file ->
            assertThat(file)
                .isInstanceOfSatisfying(
                    Outbound.FileAttachment.class,
                    attached ->
                        assertThat(attached.content())
                            .as("two nodes that printed the same are one entry")
                            .contains("web[1-2] (2) failed")
                            .hasSizeBetween(NodeWork.OUTPUT_LIMIT, NodeWork.OUTPUT_LIMIT + 200)
                            .contains("sent more than 1 MiB")));
  }

  @Test
  void trap26_longOutputThatDiffersInTheMiddleIsNotFolded() {
    Job job = bench.open(SampleJobs.deploy(85, THREAD, List.of("web1", "web2")));
    for (String node : List.of("web1", "web2")) {
      bench.replies(
          reply(
              job,
              node,
              1,
              new ReportBody.Output("stdout", "x".repeat(5_000) + node + "x".repeat(5_000))),
          reply(job, node, 2, end(FinalCode.OK, "")));
    }
    assertThat(transcript(job)).contains("xweb1x").contains("xweb2x");
  }

  @Test
  void trap26_aThousandDifferentAnswersAreAllInTheFile() {
    List<String> nodes = IntStream.rangeClosed(1, 1000).mapToObj("web%04d"::formatted).toList();
    Job job = bench.open(SampleJobs.deploy(86, THREAD, nodes));
    List<TargetReport> replies = new ArrayList<>();
    nodes.forEach(
        node -> replies.add(reply(job, node, 1, end(FinalCode.OK, "since the boot of " + node))));
    bench.replies(replies);
    assertThat(nodes).allMatch(transcript(job)::contains);
  }
}
