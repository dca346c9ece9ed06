package dev.bandmaster.engine.commands;

import dev.bandmaster.engine.commands.TimedReason.Times;
import dev.bandmaster.model.TimePhrase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the times before a reason, one after the other. Used once, by one thread. */
final class TimedReasonReader {

  private static final List<String> ENDS = List.of("to", "until", "till");

  /** Days that count from now, and not from the beginning. */
  private static final List<String> NAMED_DAYS = List.of("today", "tomorrow");

  private static final List<String> LENGTHS = List.of("for", "--for", "--for=", "for=");

  private final Times times;
  private final Instant now;
  private final ZoneId zone;
  private @Nullable Instant from;
  private @Nullable Instant until;
  private @Nullable Duration span;
  private String left = "";

  TimedReasonReader(Times times, Instant now, ZoneId zone) {
    this.times = times;
    this.now = now;
    this.zone = zone;
  }

  TimedReason read(String text, Optional<Duration> length) {
    left = text;
    span = length.orElse(null);
    while (true) {
      String before = left;
      Optional<TimedReason> mistake = next();
      if (mistake.isPresent()) {
        return mistake.get();
      }
      if (left.equals(before)) {
        break;
      }
    }
    Instant begin = from == null ? now : from;
    Optional<Instant> end =
        Optional.ofNullable(until).or(() -> Optional.ofNullable(span).map(begin::plus));
    return new TimedReason.Read(Optional.ofNullable(from), end, TimedReason.reason(left));
  }

  /** Takes one time off the front; nothing is taken where the reason begins. */
  private Optional<TimedReason> next() {
    Optional<String> length = LENGTHS.stream().flatMap(word -> behind(word).stream()).findFirst();
    if (length.isPresent()) {
      return TimePhrase.length(length.get())
          .flatMap(found -> {
            left = found.rest();
            if (span != null || until != null) {
              return Optional.of(new TimedReason.TwoEnds());
            }
            span = found.value();
            return Optional.empty();
          });
    }
    Optional<String> beginning =
        times == Times.BEGINNING_AND_END ? TimePhrase.behindWord(left, "from") : Optional.empty();
    if (beginning.isPresent()) {
      return moment(beginning.get(), true);
    }
    for (String word : ENDS) {
      Optional<String> end = TimePhrase.behindWord(left, word);
      if (end.isPresent()) {
        return moment(end.get(), false);
      }
    }
    boolean bare = times == Times.BARE_END && until == null && span == null;
    return bare ? moment(left, false) : Optional.empty();
  }

  private static boolean beginsWithDay(String text) {
    return NAMED_DAYS.stream().anyMatch(day -> text.regionMatches(true, 0, day, 0, day.length()));
  }

  private Optional<String> behind(String word) {
    return word.endsWith("=") && left.startsWith(word)
        ? Optional.of(left.substring(word.length()))
        : TimePhrase.behindWord(left, word);
  }

  private Optional<TimedReason> moment(String text, boolean beginning) {
    Instant base = from == null || beginning || beginsWithDay(text) ? now : from;
    Optional<TimePhrase<Instant>> found = TimePhrase.moment(text, base, zone);
    if (found.isEmpty()) {
      return times == Times.BEGINNING_AND_END
          ? Optional.of(new TimedReason.NoTime(text.split("\\s", 2)[0]))
          : Optional.empty();
    }
    left = found.get().rest();
    if (beginning) {
      from = found.get().value();
      return Optional.empty();
    }
    if (span != null || until != null) {
      return Optional.of(new TimedReason.TwoEnds());
    }
    until = found.get().value();
    return Optional.empty();
  }
}
