package dev.bandmaster.core.store;

/** A delivery was dealt with by somebody else in the meantime. There is nothing left to do. */
public final class AlreadyHandled extends StoreConflict {
  private static final long serialVersionUID = 1L;

  public AlreadyHandled(String inboxId) {
    super("Delivery %s was already handled.".formatted(inboxId));
  }
}
