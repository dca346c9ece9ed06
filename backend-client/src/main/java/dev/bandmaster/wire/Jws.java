package dev.bandmaster.wire;

/** The bound of a signed message. */
final class Jws {
  static final int LONGEST = 4 * 1024 * 1024;

  private Jws() {}
}
