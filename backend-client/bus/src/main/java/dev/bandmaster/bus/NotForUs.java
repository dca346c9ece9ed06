package dev.bandmaster.bus;

/**
 * Thrown by {@link BusListener#replies}: this process no longer holds the replies' lease. Nothing
 * of the batch was stored. The replies go back to the queue, and this process stops consuming it
 * until it acquires the lease again.
 */
public final class NotForUs extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotForUs(String reason) {
    super(reason);
  }
}
