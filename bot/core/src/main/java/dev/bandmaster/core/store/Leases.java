package dev.bandmaster.core.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who holds which lease. All times are the database's own, so the clocks of replicas need not
 * agree.
 */
public interface Leases {

  /**
   * Takes a lease that is free, has expired, or is the holder's already.
   *
   * @param home whether the lease is the process's own: then it is taken from a process that only
   *     stands in
   * @return the lease with its new epoch, or empty while another process holds it
   */
  Optional<Lease> take(String name, String holder, Duration duration, boolean home);

  /** Holds the lease for another while; false when it was lost. */
  boolean renew(Lease lease, Duration duration);

  /** Releases the lease at once, so that another process can take it. */
  void release(Lease lease);

  /** Leases that nobody holds and under whose names work is left. */
  List<String> abandoned();

  /** How many processes hold a lease now; at least one. */
  int holders();
}
