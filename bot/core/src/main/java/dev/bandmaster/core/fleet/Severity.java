package dev.bandmaster.core.fleet;

/** How soon somebody should look. */
public enum Severity {
  /** Nobody need look. */
  INFO,
  /** Today. */
  WARNING,
  /** Now. */
  CRITICAL
}
