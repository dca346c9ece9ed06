package dev.bandmaster.testkit.fault;

/** Which way bytes go on a line. */
public enum Direction {
  /** From whoever opened the connection. */
  THERE,
  /** To whoever opened the connection. */
  BACK
}
