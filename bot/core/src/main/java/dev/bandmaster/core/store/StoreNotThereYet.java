package dev.bandmaster.core.store;

/**
 * The server of the store does not answer, or is still starting: to be tried again. What waiting
 * does not help with, such as a wrong password, is a plain {@link StoreUnavailable}.
 */
public final class StoreNotThereYet extends StoreUnavailable {
  private static final long serialVersionUID = 1L;

  public StoreNotThereYet(String message, Throwable cause) {
    super(message, cause);
  }
}
