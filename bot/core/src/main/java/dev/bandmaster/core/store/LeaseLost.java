package dev.bandmaster.core.store;

/** A commit under a lease that another process has taken: nothing of it counts. */
public final class LeaseLost extends StoreConflict {
  private static final long serialVersionUID = 1L;

  private final transient Lease lease;

  public LeaseLost(Lease lease) {
    super("the lease " + lease.name() + " is held by another process");
    this.lease = lease;
  }

  /** The lease that was lost. */
  public String lease() {
    return lease.name();
  }
}
