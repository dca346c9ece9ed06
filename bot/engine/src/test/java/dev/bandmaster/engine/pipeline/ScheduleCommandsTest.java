package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands for later, from the typed words to what is kept of them. */
class ScheduleCommandsTest {
  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @Test
  void aCommandIsKeptInItsCanonicalSpellingForItsTime() {
    assertThat(bench.answer("schedule 18:30 deploy staging web --version 1.4.2 --canary 1"))
        .isEqualTo(
            "Schedule 1: codeupdate staging web version=1.4.2 canary=1 runs Mon 2026-05-04 18:30"
                + " Europe/Berlin, with the rights you have then. To remove it: unschedule 1.");
    assertThat(bench.store.schedules().all())
        .containsExactly(
            new Schedule(
                1,
                ANN,
                "ann",
                THREAD,
                "codeupdate staging web version=1.4.2 canary=1",
                Optional.empty(),
                Instant.parse("2026-05-04T16:30:00Z")));
  }

  @Test
  void aCommandThatRepeatsSaysSo() {
    assertThat(bench.answer("schedule \"0 6 * * 1-5\" ping web*"))
        .contains("ping web* runs Tue 2026-05-05 06:00 Europe/Berlin and then repeatedly")
        .contains("0 6 * * 1-5");
    assertThat(bench.answer("schedules"))
        .isEqualTo(
            "schedule 1  ping web*  for ann, next Tue 2026-05-05 06:00 Europe/Berlin"
                + " (0 6 * * 1-5)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          schedule                           | <when> is missing: 2h, 18:30, 2026-12-01T06:00 or a cron expression in quotes.
          schedule 2h                        | Which command? Usage: `schedule <when> [command…]`
          schedule soon ping                 | 'soon' is not a time. Use `2h`, `18:30`
          schedule 2026-05-04T11:00 ping     | '2026-05-04T11:00' has already passed.
          schedule "0 0 31 2 *" ping         | '0 0 31 2 *' never occurs.
          schedule "every day" ping          | 'every day' is not a cron expression
          schedule 0 6 * * 1-5 ping          | '0' is not a time. Use `2h`, `18:30`, `2026-12-01T06:00` or a quoted cron expression
          schedule 2h pnig                   | Unknown command 'pnig'. Did you mean 'ping'?
          schedule 2h codeupdate staging wbe | There is no application 'wbe'. Did you mean 'web'?
          schedule 2h codeupdate staging     | <app> is missing: what. For example: `codeupdate staging web`
          schedule 2h codeupdate staging web --cannary 1 | Did you mean --canary?
          schedule 2h schedule 2h ping       | `schedule` cannot be scheduled. Schedule the command itself.
          schedule 2h SCHEDULE 2h ping       | `schedule` cannot be scheduled.
          unschedule x                       | 'x' is not a number. To list them: `schedules`.
          unschedule 7                       | There is no schedule 7. To list them: `schedules`.
          """)
  void aMistakeHasItsSentence(String text, String sentence) {
    assertThat(bench.refusal(text)).contains(sentence);
    assertThat(bench.store.schedules().all()).isEmpty();
  }

  @Test
  void whatOneMayNotUseCannotBeScheduledEither() {
    bench.mayEver = action -> !action.equals("codeupdate");
    assertThat(bench.refusal("schedule 2h codeupdate prod web"))
        .isEqualTo(
            "You cannot use the command 'codeupdate' here. To list what you can use: `help`.");
    assertThat(bench.refusal("schedule 2h codeupdat prod web")).doesNotContain("codeupdate'?");
  }

  @Test
  void schedulingNeedsItsOwnRight() {
    bench.policy =
        request ->
            request.action().equals("schedule") ? denied("Ask bob.") : PipelineBench.allowed();
    assertThat(bench.refusal("schedule 2h ping")).isEqualTo("Ask bob.");
  }

  @Test
  void aScheduleIsTakenBackOnce() {
    bench.answer("schedule 2h ping");
    assertThat(bench.answer("unschedule 1")).isEqualTo("Removed: ping will not run again.");
    assertThat(bench.refusal("unschedule 1")).contains("There is no schedule 1.");
    assertThat(bench.answer("schedules")).isEqualTo("Nothing is scheduled.");
  }

  @Test
  void thereAreOnlySoMany() {
    for (int i = 1; i <= 200; i++) {
      bench.store.commit(
          new Change.CreateSchedule(
              new Schedule(
                  1_000 + i,
                  ANN,
                  "ann",
                  THREAD,
                  "ping",
                  Optional.empty(),
                  NOON.plus(Duration.ofMinutes(i)))));
    }
    assertThat(bench.refusal("schedule 2h ping"))
        .startsWith("There are already 200 scheduled commands.");
  }
}
