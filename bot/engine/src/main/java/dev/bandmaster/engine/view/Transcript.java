package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.model.TerminalText;
import dev.bandmaster.model.VisibleText;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Presenter;
import java.util.List;

/** Everything the nodes said to a job, group by group, as text for a file. */
public final class Transcript {

  /** Characters of the whole file: what a person can still open. */
  static final int LONGEST = 8 * 1024 * 1024;

  private final Presenter presenter;
  private final Jobs jobs;
  private final List<JobEffect.Keep> printed;

  /**
   * Prepares to write one down.
   *
   * @param printed what was printed last and is not in the store yet
   */
  public Transcript(Presenter presenter, Jobs jobs, List<JobEffect.Keep> printed) {
    this.presenter = presenter;
    this.jobs = jobs;
    this.printed = printed;
  }

  /** The file's content. What it cannot hold is named with the command that shows it. */
  public String of(Job job) {
    StringBuilder all = new StringBuilder();
    String title = VisibleText.line(job.work().title());
    all.append("job ").append(job.number()).append(": ").append(title).append('\n');
    List<Folding.Fold> folds = Folding.fold(job.state().nodes().values(), presenter);
    for (Folding.Fold fold : folds) {
      String text = text(job, fold);
      all.append("\n=== ").append(fold.nodes()).append(" (").append(fold.count()).append(") ");
      all.append(JobText.of(fold.status())).append('\n');
      int room = LONGEST - all.length();
      if (text.length() > room) {
        all.append(
            "%s%n… the file is full. For the rest of this node: job %d node=%s; likewise for each node below.%n"
                .formatted(
                    text.substring(0, Math.max(room, 0)), job.number(), fold.example().node()));
        text = "";
      }
      all.append(text);
      if (!text.endsWith("\n")) {
        all.append('\n');
      }
    }
    return all.toString();
  }

  private String output(Job job, String node) {
    StringBuilder all = new StringBuilder(jobs.output(job.id(), node, NodeWork.OUTPUT_LIMIT));
    for (JobEffect.Keep piece : printed) {
      if (piece.node().equals(node) && piece.position() == all.length()) {
        all.append(piece.text());
      }
    }
    return all.toString();
  }

  /** What one node of the group said; the others said the same. */
  private String text(Job job, Folding.Fold fold) {
    NodeWork example = fold.example();
    if (example.output().isWhole()) {
      return fold.text();
    }
    NodeOutcome outcome = example.outcome();
    return presenter.describe(
        new NodeOutcome(
            outcome.node(),
            outcome.status(),
            outcome.message(),
            TerminalText.read(output(job, example.node())),
            outcome.data(),
            outcome.latency()));
  }
}
