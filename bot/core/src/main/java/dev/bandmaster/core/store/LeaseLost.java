package dev.bandmaster.core.store;

/** A commit under a seat that another process has taken: nothing of it counts. */
public final class LeaseLost extends StoreConflict {
  private static final long serialVersionUID = 1L;

  private final transient Lease seat;

  public LeaseLost(Lease seat) {
    super("the lease " + seat.name() + " is held by another process");
    this.seat = seat;
  }

  /** The seat that was lost. */
  public String seat() {
    return seat.name();
  }
}
