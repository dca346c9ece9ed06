package dev.bandmaster.agent.logs;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.process.ProgramCall;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.agent.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The lines that systemd's journal has of one unit, for one request. */
final class JournalLog {

  /** Lines that are looked through for a text. */
  private static final int MOST_SEARCHED = 20_000;

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final String unit;
  private final List<String> journalctl;
  private final LogQuery query;
  private final Redaction redaction;
  private final ActionContext context;
  private final Supervisor supervisor;
  private final Deque<String> last = new ArrayDeque<>();
  private final StringBuilder begun = new StringBuilder();
  private int shown;

  JournalLog(
      String unit,
      List<String> journalctl,
      LogQuery query,
      List<Pattern> redact,
      ActionContext context,
      Supervisor supervisor) {
    this.unit = unit;
    this.journalctl = journalctl;
    this.query = query;
    this.redaction = new Redaction(redact);
    this.context = context;
    this.supervisor = supervisor;
  }

  ActionOutcome show() {
    boolean isFollowing = !query.follow().isZero();
    Duration time = isFollowing ? query.follow() : LONGEST;
    Duration left = context.remaining();
    ProgramOutcome outcome =
        supervisor.run(
            new ProgramCall(
                command(isFollowing),
                Path.of("/"),
                Map.of("PATH", Supervisor.DEFAULT_PATH, "LC_ALL", "C.UTF-8"),
                left.compareTo(time) < 0 ? left : time),
            this::take,
            context.cancellation());
    if (!begun.isEmpty()) {
      add(begun.toString());
    }
    last.forEach(this::print);
    if (context.cancellation().isRequested()) {
      return ActionOutcome.stopped(context.cancellation().reason());
    }
    boolean isOver = isFollowing && outcome instanceof ProgramOutcome.TimedOut;
    return outcome.succeeded() || isOver
        ? ActionOutcome.ok(shown == 0 ? "No lines." : "")
        : ActionOutcome.failed(journalctl.getFirst() + ": " + outcome.inWords() + ".");
  }

  private List<String> command(boolean isFollowing) {
    List<String> command = new ArrayList<>(journalctl);
    command.addAll(List.of("--no-pager", "--quiet", "--output=short-iso", "--unit=" + unit));
    command.add("--lines=" + (query.find().isEmpty() ? query.lines() : MOST_SEARCHED));
    query.since().ifPresent(since -> command.add("--since=@" + since.getEpochSecond()));
    if (isFollowing) {
      command.add("--follow");
    }
    return command;
  }

  private void take(String stream, String text) {
    if (!stream.equals(ProgramOutput.OUT)) {
      context.output().text(stream, redaction.line(text));
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '\n') {
        add(begun.toString());
        begun.setLength(0);
      } else if (begun.length() < LogFile.LONGEST_LINE) {
        begun.append(each);
      }
    }
  }

  /** While following, a line is shown at once; otherwise only the last ones are. */
  private void add(String line) {
    String redacted = redaction.line(line);
    if (!query.wants(redacted)) {
      return;
    }
    if (query.follow().isZero()) {
      last.addLast(redacted);
      if (last.size() > query.lines()) {
        last.removeFirst();
      }
    } else {
      print(redacted);
    }
  }

  private void print(String line) {
    shown++;
    context.output().text(ProgramOutput.OUT, line + "\n");
  }
}
