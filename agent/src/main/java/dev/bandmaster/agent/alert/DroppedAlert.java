package dev.bandmaster.agent.alert;

import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.EventStamp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file in which a program raises an alert: the severity, a key to group by, and a sentence, a
 * line each.
 */
record DroppedAlert(AlertEvent.Severity severity, String kind, String summary) {
  private static final String KIND = "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}";

  /** Characters of a summary. */
  private static final int LONGEST = 500;

  /** Reads a file; empty if it is not an alert. */
  static Optional<DroppedAlert> read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 3 || !lines.get(1).strip().matches(KIND)) {
      return Optional.empty();
    }
    String summary =
        String.join(" ", lines.subList(2, lines.size())).replaceAll("\\p{Cntrl}+", " ").strip();
    if (summary.isEmpty()) {
      return Optional.empty();
    }
    String bounded =
        summary.length() > LONGEST
            ? summary.substring(
                    0, summary.offsetByCodePoints(0, summary.codePointCount(0, LONGEST - 1)))
                + "…"
            : summary;
    return Arrays.stream(AlertEvent.Severity.values())
        .filter(each -> each.name().equals(lines.getFirst().strip().toUpperCase(Locale.ROOT)))
        .findFirst()
        .map(severity -> new DroppedAlert(severity, lines.get(1).strip(), bounded));
  }

  AlertEvent event(EventStamp stamp) {
    return new AlertEvent(stamp, severity, kind, summary);
  }
}
