package dev.bandmaster.core.runbook;

import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.plugin.Runbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step of a run.
 *
 * @param step as the runbook said when the run began
 * @param attempt how often its command was asked
 * @param job number of its newest job; 0 for none
 * @param note what is to be said of it, such as why it failed; may be empty
 * @param answers what people answered
 * @param since when its phase began, if it has begun
 */
public record StepRun(
    Runbook.Step step,
    StepPhase phase,
    int attempt,
    long job,
    String note,
    List<Answer> answers,
    Optional<Instant> since) {

  private static final int LONGEST_NOTE = 300;

  /** What a person answered. */
  public record Answer(UserRef user, String name, String word) {}

  public StepRun {
    answers = List.copyOf(answers);
    note = note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE - 1) + "…";
  }

  /** A step whose turn has not come. */
  static StepRun waiting(Runbook.Step step) {
    return new StepRun(step, StepPhase.WAITING, 0, 0, "", List.of(), Optional.empty());
  }

  StepRun to(StepPhase next, String newNote, Instant now) {
    return new StepRun(step, next, attempt, job, newNote, answers, Optional.of(now));
  }

  StepRun sent(Instant now) {
    return new StepRun(step, StepPhase.SENT, attempt + 1, 0, "", answers, Optional.of(now));
  }

  StepRun running(long newJob, Instant now) {
    return new StepRun(step, StepPhase.RUNNING, attempt, newJob, "", answers, Optional.of(now));
  }

  StepRun answered(Answer answer) {
    List<Answer> more = new ArrayList<>(answers);
    more.add(answer);
    return new StepRun(step, phase, attempt, job, note, more, since);
  }
}
