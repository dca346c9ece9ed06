package dev.bandmaster.engine.intake;

import dev.bandmaster.core.store.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps outsiders from filling the audit: of the refusals of one person in one hour the first is a
 * row of its own, and all others together are one when the hour is over. An outsider is a person
 * who is refused before a word of theirs is read. Counts are kept in memory: what a crash loses is
 * how often, never who. Any thread.
 */
public final class OutsiderRefusals {
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * People counted at a time; further ones share a count, so that nobody fills the memory either.
   */
  static final int MOST = 1_000;

  /** Who the people are called that share a count. */
  static final String OTHERS = "others";

  private final Map<String, Count> counts = new LinkedHashMap<>();

  /** How often a person was refused since the first time in their hour. */
  private static final class Count {
    private final Instant hour;
    private long more;
    private AuditEntry last;

    Count(Instant hour, AuditEntry last) {
      this.hour = hour;
      this.last = last;
    }
  }

  /** Whether a line of the audit is about somebody of whom no word was read. */
  private static boolean isOutsider(AuditEntry entry) {
    return entry.decision().equals("denied") && entry.action().isEmpty();
  }

  /** What of these lines is written now: all but repeated refusals of an outsider. */
  public synchronized List<AuditEntry> written(List<AuditEntry> entries) {
    List<AuditEntry> written = new ArrayList<>();
    for (AuditEntry entry : entries) {
      if (!isOutsider(entry)) {
        written.add(entry);
        continue;
      }
      Instant hour = entry.at().truncatedTo(ChronoUnit.HOURS);
      String person =
          counts.containsKey(entry.principal()) || counts.size() < MOST
              ? entry.principal()
              : OTHERS;
      Count count = counts.get(person);
      if (count != null && !hour.isAfter(count.hour)) {
        count.more++;
        count.last = entry;
        continue;
      }
      if (count != null) {
        summary(person, count).ifPresent(written::add);
      }
      counts.put(person, new Count(hour, entry));
      written.add(entry);
    }
    return written;
  }

  /** The summaries of the hours that are over; to be written now. */
  public synchronized List<AuditEntry> over(Instant now) {
    return take(now.truncatedTo(ChronoUnit.HOURS));
  }

  /** All summaries, before a stop. */
  public synchronized List<AuditEntry> all() {
    return take(Instant.MAX);
  }

  private List<AuditEntry> take(Instant before) {
    List<AuditEntry> over = new ArrayList<>();
    for (Iterator<Map.Entry<String, Count>> each = counts.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<String, Count> person = each.next();
      if (person.getValue().hour.isBefore(before)) {
        summary(person.getKey(), person.getValue()).ifPresent(over::add);
        each.remove();
      }
    }
    return over;
  }

  private static Optional<AuditEntry> summary(String person, Count count) {
    return count.more == 0
        ? Optional.empty()
        : Optional.of(
            AuditEntry.of(
                count.last.at(),
                person,
                count.last.channel(),
                "refused %d more times from %s to %s"
                    .formatted(count.more, count.hour, count.hour.plus(HOUR)),
                "denied",
                count.last.reason()));
  }
}
