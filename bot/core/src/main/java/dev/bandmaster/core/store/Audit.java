package dev.bandmaster.core.store;

import java.util.List;
import java.util.Optional;

/** What was wanted and what became of it. Rows are added and never changed. */
public interface Audit {

  /**
   * Entries, newest first.
   *
   * @param env only those about this environment
   * @param app only those about this application
   * @param limit how many at most
   */
  List<Row> newest(Optional<String> env, Optional<String> app, int limit);

  /**
   * Entries about what one person did, newest first, under whichever of their ids they were
   * written.
   *
   * @param limit how many at most
   */
  List<Row> of(String principal, int limit);

  /**
   * Entries in the order in which they were written.
   *
   * @param number the first one has a higher number than this
   * @param limit how many at most
   */
  List<Row> after(long number, int limit);

  /** What the last row is, as far as the store remembers it. */
  Head head();

  /**
   * A row.
   *
   * @param number 1 for the first row; no number is left out
   * @param previous hash of the row before, {@link AuditChain#BEGINNING} for the first
   * @param hash as {@link AuditChain} reckons it from everything else
   */
  record Row(long number, AuditEntry entry, String previous, String hash) {}

  /**
   * The end of the chain.
   *
   * @param number 0 as long as there is no row
   */
  record Head(long number, String hash) {}
}
