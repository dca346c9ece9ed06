package dev.bandmaster.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/**
 * Where a job's progress is shown: as one line that changes in a terminal, as a line for each
 * change where the output goes elsewhere.
 */
final class Terminal {
  private static final int BAR = 24;

  /** Returns to the beginning of the line and clears it. */
  private static final String AGAIN = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean interactive;
  private String shown = "";

  Terminal(PrintWriter out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** Prints text of others, which must not control the terminal. */
  void print(String text) {
    clear();
    out.println(safe(text));
    out.flush();
  }

  /** Shows how far a job is. */
  void progress(JsonNode job) {
    String line = line(job);
    if (line.equals(shown)) {
      return;
    }
    shown = line;
    if (interactive) {
      out.print(AGAIN + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  private String line(JsonNode job) {
    long done = job.path("done").asLong();
    long total = Math.max(job.path("total").asLong(), 1);
    String status = job.path("status").asText().replace('_', ' ');
    String state =
        "job %d  %s  %d/%d"
            .formatted(job.path("number").asLong(), safe(status), done, job.path("total").asLong());
    if (!interactive) {
      return state;
    }
    int filled = (int) Math.min(BAR, done * BAR / total);
    return "[%s%s] %s".formatted("#".repeat(filled), "-".repeat(BAR - filled), state);
  }

  private void clear() {
    if (interactive && !shown.isEmpty()) {
      out.print(AGAIN);
      shown = "";
    }
  }

  /** Text without characters that a terminal takes for commands. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(each ->
            safe.appendCodePoint(each == '\n' || each == '\t' || !isControl(each) ? each : 0xFFFD));
    return safe.toString();
  }

  private static boolean isControl(int each) {
    return Character.isISOControl(each) || Character.getType(each) == Character.FORMAT;
  }
}
