package dev.bandmaster.core.store;

import java.time.Instant;

/**
 * A machine has an address of a pool.
 *
 * @param address never given to two machines
 * @param role what the address is for
 * @param instance the machine's id; it has one address for each role of an environment
 * @param node the node that runs on the machine, or empty as long as none was seen
 * @param since when it came into its state
 * @param failures how often in a row it could not be given back
 * @param due when giving it back is tried next
 * @param version how often it has changed
 */
public record AddressAssignment(
    String address,
    String environment,
    String role,
    String instance,
    String node,
    State state,
    Instant since,
    int failures,
    Instant due,
    long version) {

  /** How far it is. */
  public enum State {
    /** It is chosen; whether the machine has it is not known. */
    ATTACHING,
    /** The machine has it. */
    ATTACHED,
    /** It is being taken from the machine, and is free after that. */
    DETACHING
  }

  /** An address that was chosen for a machine just now. */
  public static AddressAssignment chosen(
      String address, String environment, String role, String instance, Instant now) {
    return new AddressAssignment(
        address, environment, role, instance, "", State.ATTACHING, now, 0, now, 0);
  }

  /** The same in another state. */
  public AddressAssignment in(State other, Instant now) {
    return new AddressAssignment(
        address, environment, role, instance, node, other, now, 0, now, version + 1);
  }

  /** The same, with the node that runs on the machine. */
  public AddressAssignment seenAs(String name) {
    return new AddressAssignment(
        address, environment, role, instance, name, state, since, failures, due, version + 1);
  }

  /** The same, to be given back at another time. */
  public AddressAssignment dueAt(Instant time, int failed) {
    return new AddressAssignment(
        address, environment, role, instance, node, state, since, failed, time, version + 1);
  }
}
