package dev.bandmaster.core.store;

import java.time.Instant;
import java.util.List;

/**
 * Rows that could not be read. Each was left out of its queue or list, and the others went on; it
 * is kept as it was for the person who repairs it.
 */
public interface SetAside {

  /** How many there are. */
  long count();

  /** The rows that nobody was notified of, the oldest first. */
  List<Row> unreported(int limit);

  /**
   * A row.
   *
   * @param source its table
   * @param id its key there
   */
  record Row(String source, String id, String reason, Instant since) {

    /** As in a sentence. */
    public String describe() {
      return "%s '%s' (%s)".formatted(source, id, reason);
    }
  }
}
