package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.engine.view.JobRenderer.Action;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Message.Confirmation;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which buttons a job has in its state. Each says what a typed command says as well. */
final class JobButtons {
  private JobButtons() {}

  /**
   * The buttons.
   *
   * @param offered what the job's command offers, with the texts
   */
  static List<Button> of(Job job, Map<JobAction, String> offered) {
    List<Button> buttons = new ArrayList<>();
    JobState state = job.state();
    switch (state.status()) {
      case AWAITING_APPROVAL -> {
        if (job.work().effect() == Effect.CHANGES) {
          buttons.add(cancel(job));
        }
      }
      case QUEUED -> {
        if (job.work().effect() == Effect.CHANGES) {
          buttons.add(cancel(job));
          buttons.add(plain(Action.NOTIFY, job, "Notify me"));
        }
      }
      case RUNNING -> {
        if (hasMoreSteps(state) && !state.held()) {
          buttons.add(plain(Action.PAUSE, job, "Pause"));
        }
        if (state.held()) {
          buttons.add(plain(Action.RESUME, job, "Resume"));
        }
        if (state.cancelledBy().isEmpty() && job.work().effect() == Effect.CHANGES) {
          buttons.add(cancel(job));
        }
        if (job.work().effect() == Effect.CHANGES) {
          buttons.add(plain(Action.NOTIFY, job, "Notify me"));
        }
      }
      case PAUSED -> {
        buttons.add(plain(Action.RESUME, job, "Resume"));
        if (!state.failed().isEmpty()) {
          retry(job, offered).ifPresent(buttons::add);
        }
        undo(job, offered).ifPresent(buttons::add);
        buttons.add(cancel(job));
      }
      case SUCCEEDED, PARTLY_FAILED, FAILED, TIMED_OUT, CANCELLED -> ended(job, offered, buttons);
    }
    return RedButtons.atMostOne(buttons);
  }

  private static void ended(Job job, Map<JobAction, String> offered, List<Button> buttons) {
    again(job, offered).ifPresent(buttons::add);
    int failed = job.state().failed().size();
    if (failed > 0 && failed < job.state().nodes().size()) {
      retry(job, offered).ifPresent(buttons::add);
    }
    undo(job, offered).ifPresent(buttons::add);
  }

  private static boolean hasMoreSteps(JobState state) {
    return state.waves().stream()
        .anyMatch(wave -> wave.phase() == Wave.Phase.PLANNED && wave.kind() == Wave.Kind.WORK);
  }

  private static Optional<Button> again(Job job, Map<JobAction, String> offered) {
    return Optional.ofNullable(offered.get(JobAction.RUN_AGAIN))
        .map(label ->
            new Button(
                Action.AGAIN.id(),
                job.id(),
                label,
                Button.Style.PLAIN,
                job.work().effect() == Effect.CHANGES
                    ? Optional.of(
                        new Confirmation(
                            "Run again?", "This runs " + job.canonical() + " again.", "Run", "No"))
                    : Optional.empty()));
  }

  private static Optional<Button> retry(Job job, Map<JobAction, String> offered) {
    return Optional.ofNullable(offered.get(JobAction.RETRY_FAILED))
        .map(label -> plain(Action.RETRY, job, label));
  }

  private static Optional<Button> undo(Job job, Map<JobAction, String> offered) {
    return Optional.ofNullable(offered.get(JobAction.UNDO))
        .filter(label -> canGoBack(job))
        .map(label ->
            new Button(
                Action.ROLLBACK.id(),
                job.id(),
                label,
                Button.Style.DANGER,
                Optional.of(
                    new Confirmation(
                        label + "?",
                        "This restores the version from before " + job.work().title() + ".",
                        label,
                        "No"))));
  }

  /** Only what changed a version can be undone, and only to a version that is known. */
  private static boolean canGoBack(Job job) {
    boolean changed =
        job.state().nodes().values().stream().anyMatch(work -> work.status() == NodeStatus.OK);
    return changed
        && job.work().differences().stream()
            .anyMatch(change -> !change.from().isEmpty() && !change.from().equals(change.to()));
  }

  private static Button plain(Action action, Job job, String label) {
    return new Button(action.id(), job.id(), label, Button.Style.PLAIN, Optional.empty());
  }

  private static Button cancel(Job job) {
    return new Button(
        Action.CANCEL.id(),
        job.id(),
        "Cancel",
        Button.Style.DANGER,
        Optional.of(
            new Confirmation(
                "Cancel job " + job.number() + "?",
                "Running nodes are stopped; the others do not start.",
                "Cancel job",
                "Keep running")));
  }
}
