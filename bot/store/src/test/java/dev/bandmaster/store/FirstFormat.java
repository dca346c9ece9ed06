package dev.bandmaster.store;

/** What stores held before names were explicit. */
public final class FirstFormat {
  private FirstFormat() {}

  /** A value as it was written then. */
  public static String of(Object value) {
    return SealedJson.writeFirst(value);
  }
}
