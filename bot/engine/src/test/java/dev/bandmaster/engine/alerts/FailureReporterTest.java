package dev.bandmaster.engine.alerts;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertTimes;
import dev.bandmaster.core.alert.GroupedAlert;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.plugin.Planned;
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
    return ended(deploy(1, "1.4.2"), code);
  }

  private static Job deploy(long number, String version) {
    Planned.Work work = SampleJobs.deploy(number, THREAD, List.of("web1")).work();
    return SampleJobs.of(
        number,
        Planned.Work.atOnce(
                "codeupdate staging web version=" + version,
                work.capability(),
                work.action(),
                work.arguments(),
                work.reach(),
                work.effect())
            .on(new Planned.Subject("staging", "web", version)));
  }

  private static Job ended(Job job, FinalCode code) {
    return job.with(
        JobMachine.apply(
                job.state(),
                job.rules(),
                List.of(
                    new JobEvent.SlotTaken(),
                    new JobEvent.Dispatched(job.id(), List.of()),
                    new JobEvent.Replied(reply(job, "web1", 9, end(code, "no space left")))),
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

  private void ends(Job job, FinalCode code) {
    store.commit(failures.ended(ended(job, code), clock.instant()));
    service().look();
  }

  private List<GroupedAlert> members() {
    return store.alerts().open(10).stream()
        .flatMap(group -> group.state().members().values().stream())
        .toList();
  }

  @Test
  void peopleU16_theNextGoodDeployClosesTheAlertOfAFailedOne() {
    ends(deploy(1, "1.4.2"), FinalCode.FAILED);
    assertThat(firing()).hasSize(1);
    ends(deploy(2, "1.4.3"), FinalCode.OK);
    assertThat(firing()).isEmpty();
  }

  @Test
  void peopleU16_aCountIsOfTheVersionThatIsNamed() {
    ends(deploy(1, "1.4.2"), FinalCode.FAILED);
    ends(deploy(2, "1.4.2"), FinalCode.FAILED);
    assertThat(members())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.count()).isEqualTo(2);
          assertThat(each.alert().name()).endsWith("version=1.4.2");
        });
    ends(deploy(3, "1.4.3"), FinalCode.FAILED);
    assertThat(members())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.count()).isEqualTo(1);
          assertThat(each.alert().name()).endsWith("version=1.4.3");
        });
  }

  @Test
  void peopleU16_whatChangesNoApplicationConcernsNobodyButTheAsker() {
    Job adhoc = SampleJobs.deploy(1, THREAD, List.of("web1"));
    assertThat(failures.ended(ended(adhoc, FinalCode.FAILED), NOON)).isEmpty();
    assertThat(FailureReporter.concernsEverybody(adhoc)).isFalse();
    AlertRoutes routes =
        new AlertRoutes(List.of(), Optional.of("COPS"), Optional.empty(), AlertTimes.STANDARD);
    AlertRoutes nowhere =
        new AlertRoutes(List.of(), Optional.empty(), Optional.empty(), AlertTimes.STANDARD);
    Job failed = ended(FinalCode.FAILED);
    assertThat(FailureReporter.isPosted(failed, "main", routes)).isTrue();
    assertThat(FailureReporter.isPosted(failed, "main", nowhere)).isFalse();
    assertThat(FailureReporter.isPosted(ended(adhoc, FinalCode.FAILED), "main", routes)).isFalse();
  }

  @Test
  void whatEndedWellRaisesNoAlert() {
    store.commit(failures.ended(ended(FinalCode.OK), NOON));
    service().look();
    assertThat(firing()).isEmpty();
  }
}
