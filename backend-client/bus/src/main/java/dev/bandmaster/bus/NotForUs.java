package dev.bandmaster.bus;

/**
 * Thrown by {@link BusListener#replies}: the seat whose replies these are is no longer held here.
 * Nothing of the batch was kept. The replies go back to the seat's queue and this process stops
 * taking from it, until it adopts the seat again.
 */
public final class NotForUs extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotForUs(String reason) {
    super(reason);
  }
}
