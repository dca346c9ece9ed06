package dev.bandmaster.engine.alerts;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailureReporterTest {
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final FailureReporter failures =
      new FailureReporter(service(), "main", Duration.ofMinutes(30), clock);

  private AlertService service() {
    return new AlertService(
        store,
        new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
        new AlertNotifier(new AlertRenderer(new TimeText(ZoneOffset.UTC)), Optional.empty()),
        clock);
  }

  private static Job ended(FinalCode code) {
    Job job = SampleJobs.deploy(1, THREAD, List.of("web1"));
    return job.with(
        JobMachine.apply(
                job.state(),
                job.rules(),
                List.of(new JobEvent.Replied(reply(job, "web1", 9, end(code, "no space left")))),
                NOON)
            .state());
  }

  private List<String> firing() {
    return store.alerts().open(10).stream()
        .map(AlertGroup::firing)
        .flatMap(List::stream)
        .map(member -> member.alert().text())
        .toList();
  }

  @Test
  void alertA8_aJobThatFailedIsAnAlertEvenIfTheProcessEndsRightAfterTheCommit() {
    store.commit(failures.ended(ended(FinalCode.FAILED), NOON));
    assertThat(firing()).as("nobody has looked yet").isEmpty();
    // Of the process that saw the end nothing is left but its store.
    service().look();
    service().look();
    assertThat(firing()).containsExactly("job 1: web1 failed");
  }

  @Test
  void whatEndedWellIsNoFailure() {
    assertThat(failures.ended(ended(FinalCode.OK), NOON)).isEmpty();
  }
}
