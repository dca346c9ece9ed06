package dev.bandmaster.engine.runbooks;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.runbook.RunbookStatus;
import dev.bandmaster.core.runbook.StepPhase;
import dev.bandmaster.core.runbook.StepRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.engine.view.StatusReaction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Runbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people are to see of a run, as changes to commit together with its state. */
public final class RunbookNotifier {
  private RunbookNotifier() {}

  /**
   * The run's message, its questions, and at its end the mark on what was typed.
   *
   * @param before the run as it was; empty if it begins
   */
  public static List<Change> changes(Optional<RunbookRun> before, RunbookRun after) {
    List<Change> changes = new ArrayList<>();
    boolean over = after.status() != RunbookStatus.RUNNING;
    changes.add(
        message(
            after,
            after.messageId(),
            RunbookRenderer.draw(after),
            false,
            over || before.isEmpty() ? Urgency.NOW : Urgency.SOON));
    for (int i = 0; i < after.steps().size(); i++) {
      StepRun step = after.steps().get(i);
      boolean asked = before.isPresent() && asks(before.get(), i);
      if (asks(after, i) || asked) {
        boolean approval = step.step().work() instanceof Runbook.Work.Approval;
        changes.add(
            message(
                after,
                "%s:ask:%d:%d".formatted(after.messageId(), i + 1, step.attempt()),
                RunbookRenderer.question(after, i),
                approval && isSeenByOthers(after.place()),
                Urgency.NOW));
      }
    }
    if (over) {
      boolean good = after.status() == RunbookStatus.SUCCEEDED;
      after
          .question()
          .ifPresent(question -> changes.add(StatusReaction.ended(after.place(), question, good)));
      if (after.status() == RunbookStatus.FAILED) {
        changes.add(
            message(
                after,
                after.messageId() + ":failed",
                RunbookRenderer.failed(after),
                isSeenByOthers(after.place()),
                Urgency.NOW));
      }
    }
    return changes;
  }

  private static boolean asks(RunbookRun run, int step) {
    StepPhase phase = run.steps().get(step).phase();
    return run.status() == RunbookStatus.RUNNING
        && (phase == StepPhase.ASKING || phase == StepPhase.DECIDING);
  }

  /** A thread in a channel: what is important is shown beside it too. */
  private static boolean isSeenByOthers(ConversationRef place) {
    return place.kind() != ConversationRef.Kind.DIRECT
        && !place.isApi()
        && place.thread().isPresent();
  }

  private static Change message(
      RunbookRun run, String id, Message message, boolean broadcast, Urgency urgency) {
    return new Change.PostMessage(
        id,
        new Outbound.ChannelMessage(run.place(), message, broadcast).askedBy(run.asker().user()),
        urgency);
  }
}
