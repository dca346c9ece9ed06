package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.TimingText;
import dev.bandmaster.model.TerminalText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code job}: one job as it is now, one node's whole output, or the lines with a word in them. */
final class JobCommand implements Command.JobActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "job",
          List.of(),
          "shows a job or the output of its nodes",
          List.of(
              JobCommands.number(),
              Parameter.named("node", new Parameter.Type.Word(), "the full output of this node"),
              Parameter.named("find", new Parameter.Type.Word(), "only lines with this text"),
              Parameter.flag("timing", "how long each node and each step took")),
          List.of(
              "job 81", "job 81 --timing", "job 81 node=web1", "job 81 find=\"out of memory\""));

  /** Lines found that are shown; the number of all is shown. */
  private static final int MOST_LINES = 40;

  /** Characters of a line found. */
  private static final int LONGEST_LINE = 200;

  /** Characters of one node's output that fit a message; longer output comes as its two ends. */
  private static final int LONGEST_OUTPUT = 8_000;

  private final Jobs jobs;
  private final JobNotifier report;

  JobCommand(Jobs jobs, JobNotifier report) {
    this.jobs = jobs;
    this.report = report;
  }

  @Override
  public boolean applies(Job job) {
    return true;
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments, Job job) {
    Optional<String> node = arguments.find("node");
    Optional<String> sought = arguments.find("find");
    if (sought.filter(String::isBlank).isPresent()) {
      return new Outcome.Refused("find needs a text, for example `find=\"out of memory\"`.");
    }
    if (arguments.has("timing")) {
      return new Outcome.Done(TimingText.of(job), List.of());
    }
    if (sought.isPresent()) {
      return found(job, node, sought.get());
    }
    return node.map(name -> output(asker, job, name))
        .orElseGet(() -> new Outcome.Done(report.picture(job), List.of()));
  }

  /** All that one node printed: in the answer if it fits, otherwise as a file. */
  Outcome output(Asker asker, Job job, String name) {
    NodeWork work = job.state().nodes().get(name);
    if (work == null) {
      return new Outcome.Refused("Job %d did not include node '%s'.".formatted(job.number(), name));
    }
    if (work.output().length() == 0) {
      return Outcome.done("%s printed nothing for job %d.".formatted(name, job.number()));
    }
    String all = TerminalText.read(jobs.output(job.id(), name, NodeWork.OUTPUT_LIMIT));
    if (all.isEmpty()) {
      return Outcome.done(
          "The output of %s for job %d is no longer kept.".formatted(name, job.number()));
    }
    if (all.length() <= LONGEST_OUTPUT) {
      return new Outcome.Done(Message.of(new Message.Preformatted(all)), List.of());
    }
    return new Outcome.Done(
        Message.sentence(
            "%s printed %,d characters for job %d. The output follows as a file."
                .formatted(name, all.length(), job.number())),
        List.of(report.output(asker.place(), job, name, all)));
  }

  /** Reads the output piece by piece; nothing but the lines found is held. */
  private Outcome found(Job job, Optional<String> only, String sought) {
    LineSearch search = new LineSearch(sought);
    jobs.outputs(
        job.id(),
        printed -> {
          if (only.isEmpty() || only.get().equals(printed.node())) {
            search.read(printed.node(), printed.text());
          }
        });
    search.end();
    if (search.count == 0) {
      return Outcome.done(
          "No line with '%s' in the output of job %d.".formatted(sought, job.number()));
    }
    return new Outcome.Done(
        Message.of(
            new Message.Paragraph(
                Text.EMPTY
                    .bold(search.count == 1 ? "1 line" : search.count + " lines")
                    .and(" with ")
                    .code(sought)
                    .and(
                        search.count > MOST_LINES
                            ? ", the first %d of them:".formatted(MOST_LINES)
                            : ":")),
            new Message.Preformatted(String.join("\n", search.lines))),
        List.of());
  }

  /** Looks for a text in lines that arrive in pieces, without regard to case. */
  private static final class LineSearch {
    private final String sought;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private String node = "";
    private int count;

    LineSearch(String sought) {
      this.sought = sought.toLowerCase(Locale.ROOT);
    }

    void read(String from, String text) {
      if (!from.equals(node)) {
        end();
        node = from;
      }
      int start = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        line.append(text, start, end);
        end();
        start = end + 1;
      }
      line.append(text, start, text.length());
    }

    void end() {
      String shown = TerminalText.read(line.toString());
      line.setLength(0);
      line.append(shown);
      int at = line.toString().toLowerCase(Locale.ROOT).indexOf(sought);
      if (at >= 0) {
        count++;
        if (lines.size() < MOST_LINES) {
          lines.add(node + ": " + excerpt(at));
        }
      }
      line.setLength(0);
    }

    private String excerpt(int at) {
      int start = Math.clamp(at - LONGEST_LINE / 2, 0, Math.max(line.length() - LONGEST_LINE, 0));
      int end = Math.min(start + LONGEST_LINE, line.length());
      return (start > 0 ? "…" : "") + line.substring(start, end) + (end < line.length() ? "…" : "");
    }
  }
}
