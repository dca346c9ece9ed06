package dev.bandmaster.core.store;

/**
 * The world is not as it was when the changes were decided: somebody else was quicker. Nothing of
 * the commit was kept. The one that decided looks again and decides again.
 *
 * <p>Not to be confused with {@link StoreUnavailable}: the store is well, the decision is out of
 * date.
 */
public class StoreConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence that says what is different
   */
  public StoreConflict(String message) {
    super(message);
  }
}
