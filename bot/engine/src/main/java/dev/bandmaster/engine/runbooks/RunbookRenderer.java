package dev.bandmaster.engine.runbooks;

import dev.bandmaster.core.runbook.RunbookMachine;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.runbook.RunbookStatus;
import dev.bandmaster.core.runbook.StepPhase;
import dev.bandmaster.core.runbook.StepRun;
import dev.bandmaster.engine.pipeline.Offers;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Runbook.Work;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of a runbook that is run: the run, its questions, and its failure. */
final class RunbookRenderer {

  /** Jobs that have a button in the run's message; the newest ones. */
  private static final int MOST_JOBS = 5;

  private RunbookRenderer() {}

  /** The run with all its steps, in one message. */
  static Message draw(RunbookRun run) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Paragraph(heading(run)));
    Text lines = Text.EMPTY;
    for (int i = 0; i < run.steps().size(); i++) {
      lines = (i == 0 ? lines : lines.newLine()).and(line(run, i));
    }
    blocks.add(new Message.Paragraph(lines));
    if (!run.endedBy().isEmpty() && run.status() == RunbookStatus.CANCELLED) {
      blocks.add(new Message.Footnote(Text.plain("Cancelled by " + run.endedBy() + ".")));
    }
    again(run)
        .ifPresent(command ->
            blocks.add(
                new Message.Footnote(
                    Text.plain("To go on with the step that failed: ").code(command))));
    List<Button> buttons = buttons(run);
    if (!buttons.isEmpty()) {
      blocks.add(new Message.Buttons(buttons));
    }
    return new Message(blocks);
  }

  /** The question that a step asks, or what was answered. */
  static Message question(RunbookRun run, int index) {
    StepRun step = run.steps().get(index);
    boolean open =
        run.status() == RunbookStatus.RUNNING
            && (step.phase() == StepPhase.ASKING || step.phase() == StepPhase.DECIDING);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.plain(open ? "❓ " : "")
                .bold("runbook " + run.runbook())
                .and(", run %d, step %d: ".formatted(run.number(), index + 1))
                .and(asked(run, step))));
    Text answers = Text.EMPTY;
    for (StepRun.Answer answer : step.answers()) {
      answers =
          (answers.spans().isEmpty() ? answers : answers.newLine())
              .and(answer.word() + ": ")
              .person(answer.user().user());
    }
    if (!answers.spans().isEmpty()) {
      blocks.add(new Message.Paragraph(answers));
    }
    if (open) {
      if (step.step().work() instanceof Work.Approval(var _, int needed, var _)) {
        blocks.add(
            new Message.Footnote(
                Text.plain(
                    "Needs %s other than the person who runs it. %d so far."
                        .formatted(
                            needed == 1 ? "one person" : needed + " people",
                            step.answers().size()))));
      }
      blocks.add(new Message.Buttons(choices(run, index)));
    } else if (step.answers().isEmpty()) {
      blocks.add(new Message.Footnote(Text.plain("No answer is needed any more.")));
    }
    return new Message(blocks);
  }

  /** The word that a run has failed. */
  static Message failed(RunbookRun run) {
    StringBuilder what = new StringBuilder();
    for (int i = 0; i < run.steps().size(); i++) {
      StepRun step = run.steps().get(i);
      if (step.phase() == StepPhase.FAILED) {
        what.append(what.isEmpty() ? "" : "; ")
            .append("step %d, %s".formatted(i + 1, step.step().name()))
            .append(step.note().isEmpty() ? "" : ": " + step.note());
      }
    }
    return Message.of(
        new Message.Paragraph(
            Text.plain("❌ ")
                .bold("runbook " + run.runbook())
                .and(" (run %d) failed for ".formatted(run.number()))
                .person(run.asker().user())
                .and(". ")
                .and(Text.sentence(what.toString()))));
  }

  private static Text heading(RunbookRun run) {
    Text heading =
        Text.plain(sign(run.status()) + " ")
            .bold("run " + run.number())
            .and("  ")
            .code("run " + run.runbook())
            .and("  for ")
            .person(run.asker().user());
    return switch (run.status()) {
      case RUNNING ->
          heading.and(
              run.current().isPresent()
                  ? "  step %d of %d".formatted(run.current().getAsInt() + 1, run.steps().size())
                  : "");
      case SUCCEEDED -> heading.and("  done");
      case FAILED -> heading.and("  failed");
      case CANCELLED -> heading.and("  cancelled");
    };
  }

  private static Text line(RunbookRun run, int index) {
    StepRun step = run.steps().get(index);
    boolean over = run.status() != RunbookStatus.RUNNING;
    Text line =
        Text.plain("%s %d. ".formatted(sign(step.phase(), over), index + 1))
            .and(step.step().name());
    if (step.job() > 0) {
      line = line.and("  ").bold("job " + step.job());
    }
    String words =
        switch (step.phase()) {
          case WAITING -> over ? "not run" : "";
          case SENT -> "starting";
          case RUNNING -> step.note();
          case ASKING -> "waits for an answer";
          case PAUSING -> waits(step);
          case DECIDING -> "failed and waits for a decision: " + step.note();
          case DONE -> step.note();
          case FAILED -> step.note().isEmpty() ? "failed" : step.note();
          case SKIPPED -> "skipped";
        };
    return words.isEmpty() ? line : line.and("  ").and(Text.sentence(words));
  }

  private static String waits(StepRun step) {
    return step.step().work() instanceof Work.Pause(var time)
        ? "waits for " + Spans.words(time)
        : "waits";
  }

  private static Text asked(RunbookRun run, StepRun step) {
    if (step.phase() == StepPhase.DECIDING || step.step().work() instanceof Work.Command) {
      return Text.plain(step.step().name() + " failed. ")
          .and(Text.sentence(step.note()))
          .and(" How shall it go on?");
    }
    return Text.plain(RunbookMachine.filled(step.step().work().text(), run.values()));
  }

  private static List<Button> choices(RunbookRun run, int index) {
    StepRun step = run.steps().get(index);
    List<Button> buttons = new ArrayList<>();
    if (step.phase() == StepPhase.DECIDING) {
      buttons.add(choice(run, index, RunbookMachine.RETRY, "Try again", Button.Style.PRIMARY));
      buttons.add(choice(run, index, RunbookMachine.SKIP, "Skip this step", Button.Style.PLAIN));
      buttons.add(choice(run, index, RunbookMachine.STOP, "Stop", Button.Style.DANGER));
      return buttons;
    }
    switch (step.step().work()) {
      case Work.Question question -> {
        question
            .choices()
            .forEach(word -> buttons.add(choice(run, index, word, word, Button.Style.PLAIN)));
        buttons.add(choice(run, index, RunbookMachine.STOP, "Stop", Button.Style.DANGER));
      }
      case Work.Approval _ -> {
        buttons.add(choice(run, index, RunbookMachine.APPROVE, "Approve", Button.Style.PRIMARY));
        buttons.add(choice(run, index, RunbookMachine.REJECT, "Reject", Button.Style.DANGER));
      }
      case Work.Command _, Work.Pause _ -> {}
    }
    return buttons;
  }

  private static Button choice(
      RunbookRun run, int index, String word, String label, Button.Style style) {
    return new Button(
        Offers.RUN,
        "answer %d %d %s".formatted(run.number(), index + 1, word),
        label,
        style,
        Optional.empty());
  }

  private static List<Button> buttons(RunbookRun run) {
    List<Long> jobs =
        run.steps().stream().map(StepRun::job).filter(job -> job > 0).distinct().toList();
    List<Button> buttons = new ArrayList<>();
    jobs.subList(Math.max(0, jobs.size() - MOST_JOBS), jobs.size())
        .forEach(job -> buttons.add(Offers.button("job " + job)));
    if (run.status() == RunbookStatus.RUNNING) {
      buttons.add(
          new Button(
              Offers.RUN,
              "cancel " + run.number(),
              "Cancel",
              Button.Style.DANGER,
              Optional.empty()));
    }
    return buttons;
  }

  /** The command with which a run that failed goes on. */
  private static Optional<String> again(RunbookRun run) {
    if (run.status() != RunbookStatus.FAILED) {
      return Optional.empty();
    }
    for (int i = 0; i < run.steps().size(); i++) {
      if (run.steps().get(i).phase() == StepPhase.FAILED) {
        StringBuilder command = new StringBuilder("run " + run.runbook());
        run.values().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .forEach(value ->
                command.append(' ').append(value.getKey()).append('=').append(value.getValue()));
        return Optional.of(command.append(" --from ").append(i + 1).toString());
      }
    }
    return Optional.empty();
  }

  private static String sign(RunbookStatus status) {
    return switch (status) {
      case RUNNING -> "📒";
      case SUCCEEDED -> "✅";
      case FAILED -> "❌";
      case CANCELLED -> "🛑";
    };
  }

  private static String sign(StepPhase phase, boolean over) {
    return switch (phase) {
      case WAITING -> over ? "▫️" : "⏳";
      case SENT, RUNNING -> over ? "▫️" : "▶️";
      case ASKING, DECIDING -> over ? "▫️" : "❓";
      case PAUSING -> "⏸️";
      case DONE -> "✅";
      case FAILED -> "❌";
      case SKIPPED -> "⏭️";
    };
  }
}
