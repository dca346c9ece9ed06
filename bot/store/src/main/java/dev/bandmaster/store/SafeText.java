package dev.bandmaster.store;

/** Text that every database takes. */
final class SafeText {
  private SafeText() {}

  /** PostgreSQL has no NUL in text; it is kept as the symbol for it. */
  static String of(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\u2400');
  }
}
