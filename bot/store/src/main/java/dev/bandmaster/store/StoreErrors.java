package dev.bandmaster.store;

import dev.bandmaster.core.store.StoreUnavailable;

/** Faults of a database, in a sentence. */
final class StoreErrors {

  private StoreErrors() {}

  static StoreUnavailable notWritten(Throwable cause) {
    return new StoreUnavailable("Cannot write to the store: " + rootMessage(cause), cause);
  }

  static StoreUnavailable notRead(Throwable cause) {
    return new StoreUnavailable("Cannot read the store: " + rootMessage(cause), cause);
  }

  static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
