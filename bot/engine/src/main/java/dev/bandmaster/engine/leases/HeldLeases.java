package dev.bandmaster.engine.leases;

import dev.bandmaster.core.store.Lease;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The leases that this process holds as far as it knows. {@link LeaseManager} takes and renews
 * them; what works under one reads it here. Safe for use by many threads.
 */
public final class HeldLeases {

  private final String home;
  private final Map<String, Lease> byName = new ConcurrentHashMap<>();

  /**
   * Holds none yet.
   *
   * @param home the replica's own name
   */
  public HeldLeases(String home) {
    this.home = home;
  }

  /** The replica's own name. */
  String home() {
    return home;
  }

  /** The lease of the replica's own name, if it is held. */
  public Optional<Lease> ofHome() {
    return Optional.ofNullable(byName.get(home));
  }

  List<Lease> all() {
    return List.copyOf(byName.values());
  }

  List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }

  void add(Lease lease) {
    byName.put(lease.name(), lease);
  }

  void remove(Lease lease) {
    byName.remove(lease.name());
  }

  void clear() {
    byName.clear();
  }
}
