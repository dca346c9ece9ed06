package dev.bandmaster.core.store;

/**
 * The store cannot be read or written now. Nothing was changed, with one exception: if the
 * connection to a server broke during the commit itself, nobody can know. So whatever is committed
 * has to bear being committed a second time, or be refused with a {@link StoreConflict} then.
 */
public class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(String message) {
    super(message);
  }

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
