package dev.bandmaster.engine.addresses;

import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.core.store.AddressAssignment.State;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses addresses. The store decides who was first, so any number of threads and replicas may
 * choose at the same time. Who asks again gets the same address.
 */
final class AddressAllocator {
  private final AddressSettings settings;
  private final Store store;
  private final InstantSource clock;

  AddressAllocator(AddressSettings settings, Store store, InstantSource clock) {
    this.settings = settings;
    this.store = store;
    this.clock = clock;
  }

  /** What a machine gets. */
  sealed interface Choice {
    /** This address; it is in the state {@link State#ATTACHING}. */
    record Chosen(AddressAssignment assignment) implements Choice {}

    /** Its earlier address is just being given back; it can ask again soon. */
    record GivingBack(String address) implements Choice {}

    /** All addresses of the pool are taken. */
    record NoneFree(int size) implements Choice {}
  }

  /** Chooses an address for a machine. Ends, since each conflict means that somebody got one. */
  Choice choose(String environment, String role, String instance) {
    while (true) {
      try {
        Optional<AddressAssignment> own = store.addresses().of(environment, role, instance);
        return own.isPresent() ? again(own.get()) : first(environment, role, instance);
      } catch (StoreConflict quicker) {
        // Somebody else took that address, or the same machine asks twice: look again.
      }
    }
  }

  private Choice again(AddressAssignment own) {
    if (own.state() == State.DETACHING) {
      return new Choice.GivingBack(own.address());
    }
    AddressAssignment next = own.in(State.ATTACHING, clock.instant());
    store.commit(new Change.UpdateAddress(own, next));
    return new Choice.Chosen(next);
  }

  private Choice first(String environment, String role, String instance) {
    List<String> pool = settings.pool(environment, role);
    Set<String> taken =
        store.addresses().all().stream()
            .map(AddressAssignment::address)
            .collect(Collectors.toSet());
    Optional<String> free = pool.stream().filter(address -> !taken.contains(address)).findFirst();
    if (free.isEmpty()) {
      return new Choice.NoneFree(pool.size());
    }
    AddressAssignment chosen =
        AddressAssignment.chosen(free.get(), environment, role, instance, clock.instant());
    store.commit(new Change.AssignAddress(chosen));
    return new Choice.Chosen(chosen);
  }

  /** Notes that a machine has its address. */
  void attached(AddressAssignment assignment) {
    move(assignment, State.ATTACHED);
  }

  /** Has an address taken away again, of which nobody knows whether the machine has it. */
  void failed(AddressAssignment assignment) {
    move(assignment, State.DETACHING);
  }

  private void move(AddressAssignment assignment, State state) {
    try {
      store.commit(new Change.UpdateAddress(assignment, assignment.in(state, clock.instant())));
    } catch (StoreConflict changed) {
      // The same machine asked once more meanwhile, and what comes of that counts.
    }
  }
}
