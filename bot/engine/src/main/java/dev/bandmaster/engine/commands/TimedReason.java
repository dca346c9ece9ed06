package dev.bandmaster.engine.commands;

import dev.bandmaster.model.TimePhrase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind a command's own words: times, and then a reason. Times count only before the
 * reason; the reason begins behind {@code because}, a colon or the last time, and is kept to the
 * letter.
 */
public sealed interface TimedReason {

  /**
   * From when until when, and why.
   *
   * @param until empty if no end was typed
   * @param reason may be empty
   */
  record Read(Optional<Instant> from, Optional<Instant> until, String reason)
      implements TimedReason {}

  /** A word stands where a time has to be. */
  record NoTime(String word) implements TimedReason {}

  /** More than one end was typed. */
  record TwoEnds() implements TimedReason {}

  /** Which times a command takes. */
  enum Times {
    /** An end, if there is one: {@code for 2h}, {@code until 18:30}. */
    END,
    /** An end, which may stand alone: {@code 18:30}, {@code 2h}. */
    BARE_END,
    /** A beginning and an end, {@code from 18:00 to 20:00}; behind these words is always a time. */
    BEGINNING_AND_END
  }

  /**
   * Reads what was typed.
   *
   * @param length how long, where an option said so
   */
  static TimedReason read(
      String tail, Optional<Duration> length, Times times, Instant now, ZoneId zone) {
    return new TimedReasonReader(times, now, zone).read(unquoted(tail.strip()), length);
  }

  /** A text in quotes is what is between them; all others are kept as they are. */
  static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.indexOf(text.charAt(0), 1) == text.length() - 1;
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  /** A reason without the word that announces it. */
  static String reason(String text) {
    for (String word : List.of("because", "since", ":", "-", "--")) {
      if (text.strip().equalsIgnoreCase(word)) {
        return "";
      }
      Optional<String> behind = TimePhrase.behindWord(text, word);
      if (behind.isPresent()) {
        return unquoted(behind.get().strip());
      }
    }
    return unquoted(text.strip());
  }
}
