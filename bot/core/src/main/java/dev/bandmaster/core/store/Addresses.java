package dev.bandmaster.core.store;

import java.util.List;
import java.util.Optional;

/** Which machine has which address. */
public interface Addresses {

  /** All addresses that are not free, sorted. */
  List<AddressAssignment> all();

  /** The address that a machine has for a role. */
  Optional<AddressAssignment> of(String environment, String role, String instance);
}
