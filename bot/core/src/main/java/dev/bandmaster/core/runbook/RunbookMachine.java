package dev.bandmaster.core.runbook;

import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Runbook.OnFailure;
import dev.bandmaster.plugin.Runbook.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a run of a runbook proceeds. Pure: what is known of the world and the time are parameters,
 * and what it decides is a new run and perhaps a command to ask.
 */
public final class RunbookMachine {

  /** The answer that ends a run, at every question. */
  public static final String STOP = "stop";

  /** The answers at a step that failed, beside {@link #STOP}. */
  public static final String RETRY = "retry";

  public static final String SKIP = "skip";

  /** The answers to a request for approval. */
  public static final String APPROVE = "approve";

  public static final String REJECT = "reject";

  /** How long a run waits for a person; nobody comes back to an older question. */
  public static final Duration PATIENCE = Duration.ofDays(1);

  private RunbookMachine() {}

  /** What is known of the commands of a run. */
  public interface World {
    /** What became of the command with a key; empty while it is not carried out. */
    Optional<Fate> fate(String key);

    /** A job as it is now. */
    JobView job(long number);
  }

  /** What became of a command. */
  public sealed interface Fate {
    /** It became a job. */
    record Opened(long job) implements Fate {}

    /** It was answered, or done at once. */
    record Done() implements Fate {}

    /** Nothing was done; the reason is a sentence. */
    record Refused(String reason) implements Fate {}
  }

  /**
   * A job as a runbook sees it.
   *
   * @param words its state in words, such as {@code running}
   */
  public record JobView(boolean isOver, boolean isGood, String words) {}

  /**
   * A command to be asked.
   *
   * @param step its index
   */
  public record Send(int step, int attempt, String command) {}

  /**
   * What follows.
   *
   * @param run the run as it is now; equal if nothing has changed
   */
  public record Turn(RunbookRun run, Optional<Send> send) {}

  /** Goes on as far as is possible now. */
  public static Turn advance(RunbookRun before, World world, Instant now) {
    RunbookRun run = before;
    while (run.status() == RunbookStatus.RUNNING) {
      if (run.current().isEmpty()) {
        boolean failed = run.steps().stream().anyMatch(step -> step.phase() == StepPhase.FAILED);
        run = run.end(failed ? RunbookStatus.FAILED : RunbookStatus.SUCCEEDED, "", now);
        break;
      }
      int index = run.current().getAsInt();
      StepRun step = run.steps().get(index);
      RunbookRun after =
          switch (step.phase()) {
            case WAITING -> begin(run, index, now);
            case SENT -> settled(run, index, world.fate(run.key(index)), now);
            case RUNNING -> looked(run, index, world.job(step.job()), now);
            case PAUSING -> paused(run, index, now);
            case ASKING, DECIDING -> patient(run, index, now);
            case DONE, FAILED, SKIPPED -> throw new IllegalStateException("it is over");
          };
      if (after.equals(run)) {
        break;
      }
      boolean asks = after.steps().get(index).phase() == StepPhase.SENT;
      run = after;
      if (asks) {
        String command = filled(step.step().work().text(), run.values());
        return new Turn(
            run.next(), Optional.of(new Send(index, run.steps().get(index).attempt(), command)));
      }
    }
    return new Turn(run.equals(before) ? before : run.next(), Optional.empty());
  }

  private static RunbookRun begin(RunbookRun run, int index, Instant now) {
    StepRun step = run.steps().get(index);
    return switch (step.step().work()) {
      case Work.Command(String text) -> {
        Optional<String> missing = missing(text, run.values());
        yield missing.isPresent()
            ? failed(run, index, "There is no value for {%s}.".formatted(missing.get()), now)
            : run.with(index, step.sent(now));
      }
      case Work.Question _, Work.Approval _ -> run.with(index, step.to(StepPhase.ASKING, "", now));
      case Work.Pause _ -> run.with(index, step.to(StepPhase.PAUSING, "", now));
    };
  }

  private static RunbookRun settled(RunbookRun run, int index, Optional<Fate> known, Instant now) {
    if (known.isEmpty()) {
      return run;
    }
    StepRun step = run.steps().get(index);
    return switch (known.get()) {
      case Fate.Opened(long job) -> run.with(index, step.running(job, now));
      case Fate.Done() -> run.with(index, step.to(StepPhase.DONE, "", now));
      case Fate.Refused(String reason) -> failed(run, index, reason, now);
    };
  }

  private static RunbookRun looked(RunbookRun run, int index, JobView job, Instant now) {
    StepRun step = run.steps().get(index);
    if (job.isOver()) {
      return job.isGood()
          ? run.with(index, step.to(StepPhase.DONE, "", now))
          : failed(run, index, job.words(), now);
    }
    return job.words().equals(step.note())
        ? run
        : run.with(index, step.to(StepPhase.RUNNING, job.words(), step.since().orElse(now)));
  }

  private static RunbookRun paused(RunbookRun run, int index, Instant now) {
    StepRun step = run.steps().get(index);
    Duration time =
        step.step().work() instanceof Work.Pause(Duration pause) ? pause : Duration.ZERO;
    return now.isBefore(step.since().orElse(now).plus(time))
        ? run
        : run.with(index, step.to(StepPhase.DONE, "", now));
  }

  private static RunbookRun patient(RunbookRun run, int index, Instant now) {
    StepRun step = run.steps().get(index);
    if (now.isBefore(step.since().orElse(now).plus(PATIENCE))) {
      return run;
    }
    String note =
        step.phase() == StepPhase.DECIDING
            ? step.note() + " Nobody said within a day how to go on."
            : "Nobody answered within a day.";
    return run.with(index, step.to(StepPhase.FAILED, note.strip(), now))
        .end(RunbookStatus.FAILED, "", now);
  }

  private static RunbookRun failed(RunbookRun run, int index, String reason, Instant now) {
    StepRun step = run.steps().get(index);
    OnFailure onFailure = step.step().onFailure();
    return switch (onFailure) {
      case STOP ->
          run.with(index, step.to(StepPhase.FAILED, reason, now))
              .end(RunbookStatus.FAILED, "", now);
      case CONTINUE -> run.with(index, step.to(StepPhase.FAILED, reason, now));
      case ASK -> run.with(index, step.to(StepPhase.DECIDING, reason, now));
    };
  }

  /** What an answer leads to. */
  public sealed interface Answered {
    /** The answer counts. */
    record Taken(RunbookRun run) implements Answered {}

    /** It does not; the reason is a sentence. */
    record Refused(String reason) implements Answered {}
  }

  /**
   * A person answers.
   *
   * @param index of the step that is meant
   * @param groups ids of the person's groups
   */
  public static Answered answer(
      RunbookRun run, int index, StepRun.Answer answer, Set<String> groups, Instant now) {
    if (run.status() != RunbookStatus.RUNNING) {
      return refused("Run %d has ended.".formatted(run.number()));
    }
    if (index < 0 || index >= run.steps().size()) {
      return refused("Run %d has no step %d.".formatted(run.number(), index + 1));
    }
    StepRun step = run.steps().get(index);
    String word = answer.word();
    return switch (step.phase()) {
      case ASKING ->
          switch (step.step().work()) {
            case Work.Question question -> chosen(run, index, question, answer, now);
            case Work.Approval approval -> voted(run, index, approval, answer, groups, now);
            case Work.Command _, Work.Pause _ -> throw new IllegalStateException("asks nothing");
          };
      case DECIDING ->
          switch (word.toLowerCase(Locale.ROOT)) {
            case RETRY ->
                new Answered.Taken(
                    run.with(index, step.answered(answer).to(StepPhase.WAITING, "", now)).next());
            case SKIP ->
                new Answered.Taken(
                    run.with(index, step.answered(answer).to(StepPhase.SKIPPED, step.note(), now))
                        .next());
            case STOP -> stopped(run, index, answer, step.note(), now);
            default ->
                refused(
                    "Step %d of run %d can be answered with retry, skip or stop."
                        .formatted(index + 1, run.number()));
          };
      case WAITING, SENT, RUNNING, PAUSING, DONE, FAILED, SKIPPED ->
          refused("Step %d of run %d asks nothing now.".formatted(index + 1, run.number()));
    };
  }

  private static Answered chosen(
      RunbookRun run, int index, Work.Question question, StepRun.Answer answer, Instant now) {
    StepRun step = run.steps().get(index);
    if (answer.word().equalsIgnoreCase(STOP)) {
      return stopped(run, index, answer, "stopped by " + answer.name(), now);
    }
    Optional<String> choice =
        question.choices().stream().filter(answer.word()::equalsIgnoreCase).findFirst();
    if (choice.isEmpty()) {
      return refused(
          "'%s' is no answer to this question. Answer with %s or stop."
              .formatted(answer.word(), String.join(", ", question.choices())));
    }
    RunbookRun done =
        run.with(
            index,
            step.answered(answer)
                .to(StepPhase.DONE, choice.get() + ", says " + answer.name(), now));
    return new Answered.Taken(
        question.saves().map(name -> done.knowing(name, choice.get())).orElse(done).next());
  }

  private static Answered voted(
      RunbookRun run,
      int index,
      Work.Approval approval,
      StepRun.Answer answer,
      Set<String> groups,
      Instant now) {
    StepRun step = run.steps().get(index);
    boolean own = answer.user().maybeSame(run.asker());
    String word = answer.word().toLowerCase(Locale.ROOT);
    if (word.equals(REJECT) || word.equals(STOP)) {
      // Who may not approve may not reject either, save the person who runs it.
      if (!own && !isAmong(approval, groups)) {
        return refused("You are not in a group that may decide on step %d.".formatted(index + 1));
      }
      return stopped(run, index, answer, "rejected by " + answer.name(), now);
    }
    if (!word.equals(APPROVE)) {
      return refused(
          "Step %d of run %d can be answered with approve or reject."
              .formatted(index + 1, run.number()));
    }
    if (own) {
      return refused(
          "You run this runbook; somebody else has to approve step %d.".formatted(index + 1));
    }
    if (!isAmong(approval, groups)) {
      return refused("You are not in a group that may decide on step %d.".formatted(index + 1));
    }
    if (step.answers().stream().anyMatch(known -> known.user().maybeSame(answer.user()))) {
      return refused(
          "You have already approved step %d of run %d.".formatted(index + 1, run.number()));
    }
    StepRun voted = step.answered(answer);
    long given =
        voted.answers().stream().filter(known -> known.word().equalsIgnoreCase(APPROVE)).count();
    return new Answered.Taken(
        run.with(index, given >= approval.needed() ? voted.to(StepPhase.DONE, "", now) : voted)
            .next());
  }

  private static boolean isAmong(Work.Approval approval, Set<String> groups) {
    return approval.groups().isEmpty() || approval.groups().stream().anyMatch(groups::contains);
  }

  private static Answered stopped(
      RunbookRun run, int index, StepRun.Answer answer, String note, Instant now) {
    StepRun step = run.steps().get(index);
    return new Answered.Taken(
        run.with(index, step.answered(answer).to(StepPhase.FAILED, note, now))
            .end(RunbookStatus.FAILED, answer.name(), now)
            .next());
  }

  /** The run as it is once somebody has cancelled it; what its current step began goes on. */
  public static RunbookRun cancelled(RunbookRun run, String by, Instant now) {
    return run.end(RunbookStatus.CANCELLED, by, now).next();
  }

  /** The first name in a text that has no value. */
  public static Optional<String> missing(String text, Map<String, String> values) {
    return Runbook.placeholders(text).stream()
        .filter(name -> !values.containsKey(name))
        .sorted()
        .findFirst();
  }

  /** A text with all values that are known. */
  public static String filled(String text, Map<String, String> values) {
    String filled = text;
    for (String name : Runbook.placeholders(text)) {
      String value = values.get(name);
      if (value != null) {
        filled = filled.replace("{" + name + "}", value);
      }
    }
    return filled;
  }

  private static Answered refused(String sentence) {
    return new Answered.Refused(sentence);
  }
}
