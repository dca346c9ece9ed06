package dev.bandmaster.bot.node;

/** How soon somebody should look. */
public enum Severity {
  /** Nobody need look. */
  INFO,
  /** Today. */
  WARNING,
  /** Now. */
  CRITICAL
}
