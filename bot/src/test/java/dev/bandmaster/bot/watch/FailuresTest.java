package dev.bandmaster.bot.watch;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;
import static dev.bandmaster.bot.job.SampleJobs.end;
import static dev.bandmaster.bot.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.alert.AlertArtist;
import dev.bandmaster.bot.alert.AlertTimes;
import dev.bandmaster.bot.alert.Episode;
import dev.bandmaster.bot.chat.TimeWords;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobMachine;
import dev.bandmaster.bot.job.SampleJobs;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.bot.store.TestStore;
import dev.bandmaster.wire.FinalCode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailuresTest {
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final Failures failures = new Failures(desk(), "main", Duration.ofMinutes(30), clock);

  private AlertDesk desk() {
    return new AlertDesk(
        store,
        new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD),
        new AlertReport(new AlertArtist(new TimeWords(ZoneOffset.UTC)), Optional.empty()),
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
        .map(Episode::firing)
        .flatMap(List::stream)
        .map(member -> member.alert().text())
        .toList();
  }

  @Test
  void alertA8_aJobThatFailedIsAnAlertEvenIfTheProcessEndsRightAfterTheCommit() {
    store.commit(failures.ended(ended(FinalCode.FAILED), NOON));
    assertThat(firing()).as("nobody has looked yet").isEmpty();
    // Of the process that saw the end nothing is left but its store.
    desk().look();
    desk().look();
    assertThat(firing()).containsExactly("failed on web1, says job 1");
  }

  @Test
  void whatEndedWellIsNoFailure() {
    assertThat(failures.ended(ended(FinalCode.OK), NOON)).isEmpty();
  }
}
