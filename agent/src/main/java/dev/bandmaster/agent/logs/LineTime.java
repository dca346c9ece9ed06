package dev.bandmaster.agent.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a line was written, by the ISO date and time at its beginning. */
final class LineTime {

  private static final Pattern STAMP =
      Pattern.compile(
          "^\\W{0,2}([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,][0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:?[0-9]{2})?");

  private LineTime() {}

  /** The time of the line, if it begins with one; without an offset it is the node's own time. */
  static Optional<Instant> of(String line, ZoneId zone) {
    Matcher stamp = STAMP.matcher(line);
    if (!stamp.find()) {
      return Optional.empty();
    }
    String local = stamp.group(1) + "T" + stamp.group(2);
    String offset = stamp.group(3);
    try {
      if (offset == null) {
        return Optional.of(LocalDateTime.parse(local).atZone(zone).toInstant());
      }
      String usual =
          offset.length() == 5 ? offset.substring(0, 3) + ":" + offset.substring(3) : offset;
      return Optional.of(OffsetDateTime.parse(local + usual).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
