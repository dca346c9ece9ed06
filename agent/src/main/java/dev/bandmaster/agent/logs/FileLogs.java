package dev.bandmaster.agent.logs;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lines of one log that is kept in files, for one request. */
final class FileLogs {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final List<Path> paths;
  private final LogQuery query;
  private final List<Pattern> redact;
  private final ActionContext context;
  private final ZoneId zone;
  private final List<String> problems = new ArrayList<>();
  private int shown;

  FileLogs(
      List<Path> paths, LogQuery query, List<Pattern> redact, ActionContext context, ZoneId zone) {
    this.paths = paths;
    this.query = query;
    this.redact = redact;
    this.context = context;
    this.zone = zone;
  }

  ActionOutcome show() throws InterruptedException {
    Map<LogFile, Redaction> open = new LinkedHashMap<>();
    try {
      for (Path path : paths) {
        Redaction redaction = new Redaction(redact);
        last(path, redaction).ifPresent(file -> open.put(file, redaction));
      }
      if (!query.follow().isZero() && !open.isEmpty()) {
        follow(open);
      }
    } finally {
      open.keySet().forEach(FileLogs::close);
    }
    if (context.cancellation().isRequested()) {
      return ActionOutcome.stopped(context.cancellation().reason());
    }
    if (open.isEmpty()) {
      return ActionOutcome.failed(String.join(" ", problems));
    }
    if (shown == 0) {
      problems.addFirst("No lines.");
    }
    return ActionOutcome.ok(String.join(" ", problems));
  }

  /** Shows the end of a file, and keeps it open if it is a log. */
  private Optional<LogFile> last(Path path, Redaction redaction) {
    try {
      LogFile file = LogFile.open(path);
      try {
        Optional<List<String>> lines = file.last();
        if (lines.isPresent()) {
          List<String> all = new ArrayList<>(lines.get());
          all.addAll(file.leftOver());
          show(path, all, redaction);
          return Optional.of(file);
        }
        problems.add(path + " is not text, so it is not shown.");
      } catch (IOException e) {
        problems.add(path + " cannot be read: " + e.getMessage());
      }
      file.close();
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private void show(Path path, List<String> lines, Redaction redaction) {
    List<String> wanted = new ArrayList<>();
    boolean isRecent = query.since().isEmpty();
    boolean hasTimes = false;
    for (String line : lines) {
      Optional<Instant> time = query.since().isEmpty() ? Optional.empty() : LineTime.of(line, zone);
      if (time.isPresent()) {
        hasTimes = true;
        isRecent = !time.get().isBefore(query.since().get());
      }
      // Each line is looked at, so that the middle of a private key is known for one.
      String redacted = redaction.line(line);
      if (isRecent && query.wants(redacted)) {
        wanted.add(redacted);
      }
    }
    if (query.since().isPresent() && !hasTimes && !lines.isEmpty()) {
      problems.add(
          path + " has no dates at the beginning of its lines, so `since` is not applied.");
      Redaction again = new Redaction(redact);
      lines.stream().map(again::line).filter(query::wants).forEach(wanted::add);
    }
    if (paths.size() > 1 && !wanted.isEmpty()) {
      print("==> " + path + " <==");
    }
    wanted.subList(Math.max(0, wanted.size() - query.lines()), wanted.size()).forEach(this::print);
  }

  private void follow(Map<LogFile, Redaction> open) throws InterruptedException {
    long end = System.nanoTime() + query.follow().toNanos();
    while (System.nanoTime() - end < 0 && !context.cancellation().isRequested()) {
      Thread.sleep(LOOK_EVERY);
      for (Map.Entry<LogFile, Redaction> each : open.entrySet()) {
        try {
          each.getKey().added().stream()
              .map(each.getValue()::line)
              .filter(query::wants)
              .forEach(this::print);
        } catch (IOException e) {
          problems.add("A log could not be followed: " + e.getMessage());
          return;
        }
      }
    }
  }

  private void print(String line) {
    shown++;
    context.output().text(ProgramOutput.OUT, line + "\n");
  }

  private static void close(LogFile file) {
    try {
      file.close();
    } catch (IOException _) {
      // It was only read.
    }
  }
}
