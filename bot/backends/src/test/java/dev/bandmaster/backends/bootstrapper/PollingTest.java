package dev.bandmaster.backends.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.backends.bootstrapper.Polling.Next;
import dev.bandmaster.bootstrapper.HostStats;
import dev.bandmaster.bootstrapper.JobResult;
import dev.bandmaster.model.FinalCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PollingTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Instant DEADLINE = NOON.plus(Duration.ofMinutes(30));
  private static final Polling NEW = Polling.of("job-4711-job-4711", DEADLINE);
  private static final JobResult.Gone GONE = new JobResult.Gone("it answered with status 404");
  private static final JobResult.Unreadable ODD =
      new JobResult.Unreadable("its answer is JSON of another shape");
  private static final JobResult.Unavailable AWAY =
      new JobResult.Unavailable("it answered with status 502");
  private static final JobResult.Finished DONE =
      new JobResult.Finished(Map.of("web1", new HostStats(0, 0, 2, 1, 0)));

  /** Gives answers one after the other, each at the time that was asked for. */
  private static Next after(List<JobResult> answers) {
    Next next = NEW.first(Polling.PACE, NOON);
    for (JobResult answer : answers) {
      assertThat(next).as("before %s", answer).isInstanceOf(Next.Ask.class);
      Next.Ask ask = (Next.Ask) next;
      next = ask.state().next(answer, Polling.PACE, ask.at());
    }
    return next;
  }

  @Test
  void backendX3_asksAfterOneTwoFourEightAndThenEveryFifteenSeconds() {
    List<Long> pauses = new ArrayList<>();
    Next.Ask ask = NEW.first(Polling.PACE, NOON);
    Instant before = NOON;
    for (int i = 0; i < 7; i++) {
      pauses.add(Duration.between(before, ask.at()).toSeconds());
      before = ask.at();
      ask = (Next.Ask) ask.state().next(new JobResult.Waiting(), Polling.PACE, ask.at());
    }
    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 15L, 15L, 15L);
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        end(FinalCode.FAILED, "says that it failed", new JobResult.Failed()),
        end(FinalCode.FAILED, "names no host", new JobResult.Finished(Map.of())),
        end(FinalCode.LOST, "does not know job", GONE, GONE, GONE),
        end(FinalCode.LOST, "queue was lost", new JobResult.Queued(), GONE, GONE, GONE),
        end(FinalCode.LOST, "JSON of another shape", ODD, ODD, ODD));
  }

  private static Arguments end(FinalCode code, String sentence, JobResult... answers) {
    return Arguments.of(code, sentence, List.of(answers));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void backendX5_everyBadEndHasASentence(FinalCode code, String sentence, List<JobResult> answers) {
    assertThat(after(answers))
        .isInstanceOfSatisfying(
            Next.Ended.class,
            ended -> {
              assertThat(ended.code()).isEqualTo(code);
              assertThat(ended.sentence()).contains(sentence);
            });
  }

  static Stream<List<JobResult>> troubles() {
    return Stream.of(
        List.of(GONE, GONE),
        List.of(ODD, ODD),
        List.of(GONE, GONE, new JobResult.Queued(), GONE, GONE),
        List.of(ODD, ODD, AWAY, ODD, ODD),
        List.of(AWAY, AWAY, AWAY, AWAY, AWAY, AWAY, AWAY, AWAY));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void backendX5_aTroubleThatPassesLosesNothing(List<JobResult> trouble) {
    List<JobResult> answers = new ArrayList<>(trouble);
    answers.add(DONE);
    assertThat(after(answers)).isEqualTo(new Next.Counted(DONE.hosts()));
  }

  @Test
  void backendX3_whatIsNewIsShownOnce() {
    Next.Ask queued = (Next.Ask) after(List.of(new JobResult.Queued()));
    assertThat(queued.progress()).contains("waits in the bootstrapper's queue");
    Next.Ask again = (Next.Ask) queued.state().next(new JobResult.Queued(), Polling.PACE, NOON);
    assertThat(again.progress()).isEmpty();
    Next.Ask away = (Next.Ask) again.state().next(AWAY, Polling.PACE, NOON);
    assertThat(away.progress()).contains("no answer yet: it answered with status 502");
    Next.Ask still = (Next.Ask) away.state().next(AWAY, Polling.PACE, NOON);
    assertThat(still.progress()).isEmpty();
  }

  @Test
  void backendX3_theDeadlineEndsItAndIsNeverSleptOver() {
    Next.Ask late =
        (Next.Ask) NEW.next(new JobResult.Waiting(), Polling.PACE, DEADLINE.minusMillis(1));
    assertThat(late.at()).isEqualTo(DEADLINE);
    assertThat(late.state().next(AWAY, Polling.PACE, DEADLINE))
        .isEqualTo(
            new Next.Ended(
                FinalCode.TIMEOUT,
                "No result in time (it answered with status 502). The bot asks no more; job job-4711-job-4711 of the bootstrapper may go on."));
  }

  @Test
  void backendX5_whateverIsAnsweredItEndsAndAResultCounts() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<JobResult> answers =
        List.of(
            new JobResult.Queued(),
            new JobResult.Waiting(),
            GONE,
            ODD,
            AWAY,
            new JobResult.Failed(),
            DONE);
    for (int walk = 0; walk < 2_000; walk++) {
      String where = "-Dtest.seed=" + seed + ", walk " + walk;
      Next next = NEW.first(Polling.PACE, NOON);
      int asked = 0;
      while (next instanceof Next.Ask(Polling state, Instant at, Optional<String> _)) {
        assertThat(at).as(where).isAfterOrEqualTo(NOON).isBeforeOrEqualTo(DEADLINE);
        JobResult answer = answers.get(random.nextInt(random.nextInt(4) == 0 ? 7 : 5));
        Instant when = at.plusMillis(random.nextInt(20_000));
        next = state.next(answer, Polling.PACE, when);
        if (answer.equals(DONE)) {
          assertThat(next).as(where).isEqualTo(new Next.Counted(DONE.hosts()));
        }
        assertThat(++asked).as(where).isLessThan(1_000);
      }
    }
  }
}
