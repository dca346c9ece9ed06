package dev.bandmaster.testkit.fault;

/** Which way bytes go on a line. */
public enum Direction {
  /** From the one that opened the connection. */
  THERE,
  /** To the one that opened the connection. */
  BACK
}
