package dev.bandmaster.core.runbook;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.plugin.Runbook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run of a runbook. It keeps the steps as they were when it began: a runbook that is changed
 * meanwhile changes no run.
 *
 * @param number what people call it by; jobs and runs share their numbers
 * @param runbook its name
 * @param asker with whose rights its commands run
 * @param askerName the name to show
 * @param place where it was asked for, and where its jobs are shown
 * @param question timestamp of the message that asked for it, if there is one
 * @param values of arguments and answers, by their names
 * @param endedBy who cancelled or stopped it; empty if nobody did
 * @param version counts its changes
 */
public record RunbookRun(
    long number,
    String runbook,
    UserRef asker,
    String askerName,
    ConversationRef place,
    Optional<String> question,
    Map<String, String> values,
    List<StepRun> steps,
    RunbookStatus status,
    Instant began,
    Optional<Instant> ended,
    String endedBy,
    long version) {

  public RunbookRun {
    values = Map.copyOf(values);
    steps = List.copyOf(steps);
  }

  /**
   * A run that begins.
   *
   * @param first the index of the step with which it begins; those before are skipped
   */
  public static RunbookRun of(
      long number,
      Runbook runbook,
      UserRef asker,
      String askerName,
      ConversationRef place,
      Map<String, String> values,
      int first,
      Instant now) {
    List<StepRun> steps = new ArrayList<>();
    for (Runbook.Step step : runbook.steps()) {
      StepRun waiting = StepRun.waiting(step);
      steps.add(steps.size() < first ? waiting.to(StepPhase.SKIPPED, "", now) : waiting);
    }
    return new RunbookRun(
        number,
        runbook.name(),
        asker,
        askerName,
        place,
        Optional.empty(),
        values,
        steps,
        RunbookStatus.RUNNING,
        now,
        Optional.empty(),
        "",
        1);
  }

  /** The index of the step that is not over, unless all are. */
  public OptionalInt current() {
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).phase().isOver()) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** The job that is under way. */
  public Optional<Long> currentJob() {
    return status == RunbookStatus.RUNNING && current().isPresent()
        ? Optional.of(steps.get(current().getAsInt()))
            .filter(step -> step.phase() == StepPhase.RUNNING)
            .map(StepRun::job)
        : Optional.empty();
  }

  /** The key of the delivery that carries a step's command. */
  public String key(int step) {
    return "runbook:%d:%d:%d".formatted(number, step + 1, steps.get(step).attempt());
  }

  /** Whether a step's command is still to be carried out. */
  public boolean isSent(int step, int attempt) {
    return status == RunbookStatus.RUNNING
        && step >= 0
        && step < steps.size()
        && steps.get(step).phase() == StepPhase.SENT
        && steps.get(step).attempt() == attempt;
  }

  /** The id of its message in the outbox. */
  public String messageId() {
    return "runbook:" + number;
  }

  /** The same, asked by the message with this timestamp. */
  public RunbookRun askedIn(Optional<String> message) {
    return new RunbookRun(
        number, runbook, asker, askerName, place, message, values, steps, status, began, ended,
        endedBy, version);
  }

  RunbookRun with(int index, StepRun step) {
    List<StepRun> changed = new ArrayList<>(steps);
    changed.set(index, step);
    return new RunbookRun(
        number, runbook, asker, askerName, place, question, values, changed, status, began, ended,
        endedBy, version);
  }

  RunbookRun knowing(String name, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(name, value);
    return new RunbookRun(
        number, runbook, asker, askerName, place, question, more, steps, status, began, ended,
        endedBy, version);
  }

  RunbookRun end(RunbookStatus end, String by, Instant now) {
    return new RunbookRun(
        number,
        runbook,
        asker,
        askerName,
        place,
        question,
        values,
        steps,
        end,
        began,
        Optional.of(now),
        by,
        version);
  }

  RunbookRun next() {
    return new RunbookRun(
        number,
        runbook,
        asker,
        askerName,
        place,
        question,
        values,
        steps,
        status,
        began,
        ended,
        endedBy,
        version + 1);
  }
}
