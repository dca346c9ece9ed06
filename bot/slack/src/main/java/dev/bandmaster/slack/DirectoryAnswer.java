package dev.bandmaster.slack;

import java.time.Duration;

/** What the directory knows. The one that must know and does not denies. */
public sealed interface DirectoryAnswer<T> {

  /**
   * It is known.
   *
   * @param age how old the oldest part of the knowledge is
   */
  record Known<T>(T value, Duration age) implements DirectoryAnswer<T> {}

  /** It is not known; the reason is a sentence for the person who asked for something. */
  record Unknown<T>(String reason) implements DirectoryAnswer<T> {}
}
